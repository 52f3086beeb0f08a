import type { TakeTurn, TurnOptions } from '../contract/host/index.js';
import type { ChannelId, Clock, FlowEvent, Platform, Sender } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import { bringsToken, isUsable } from '../engine/links.js';
import { livingSession } from './living-session.js';
import { mergeContacts } from './merge-contacts.js';

interface LinkParts {
  readonly store: Store;
  readonly takeTurn: TakeTurn;
  readonly clock: Clock;
}

/** An event of a person who may have come by a link. */
export interface Opening {
  readonly event: Extract<FlowEvent, { type: 'message' | 'subscription' }>;
  readonly channel: ChannelId;
  readonly platform: Platform;
  readonly from: Sender;
}

/**
 * Adds the identity of a person who came by a link to the contact that the link belongs to. If the identity is known, its contact is merged
 * with that one. Returns the session of the link; undefined if there is no valid link, and the event is an ordinary one. Each step can be
 * repeated without harm, as happens when the provider repeats the event after a crash.
 */
export async function openLink(
  parts: LinkParts,
  { event, channel, platform, from }: Opening,
  options?: TurnOptions,
): Promise<string | undefined> {
  const brought = bringsToken(event);
  const stored = brought && (await livingSession(parts.store, brought.session));
  if (!brought || !stored) return undefined;
  const isGood = isUsable(stored.state.links, { token: brought.token, platform, at: event.at });
  if (!isGood && !stored.hasSeen(event.id)) return undefined;
  let owner = stored.state.id;
  const { session, others } = await parts.store.contacts.resolve(from.identities, owner);
  for (const other of [session, ...others]) owner = await mergeContacts(parts, [owner, other]);
  const linked: FlowEvent = {
    id: event.id,
    at: event.at,
    type: 'linked',
    channel,
    platform,
    from,
    token: brought.token,
    ...(event.type === 'message' ? { wroteAt: event.message.sentAt } : { subscribed: event.subscribed }),
  };
  const outcome = await parts.takeTurn(owner, linked, options);
  // The person was forgotten meanwhile, so the link leads nowhere.
  return outcome.kind === 'gone' ? undefined : outcome.session;
}
