import type { ChannelId, Clock, FlowEvent, Platform, Sender, Store, StoredSession } from '../contract/index.js';
import { bringsToken, isLasting } from '../engine/links.js';
import { mergeContacts } from './merge-contacts.js';
import type { Along, TakeTurn } from './take-turn.js';

/** How often a contact may have been merged. */
const MOST_MOVES = 5;

interface LinkParts {
  readonly store: Store;
  readonly takeTurn: TakeTurn;
  readonly clock: Clock;
}

/** What somebody did who may have come by a link. */
export interface Opening {
  readonly event: Extract<FlowEvent, { type: 'message' | 'subscription' }>;
  readonly channel: ChannelId;
  readonly platform: Platform;
  readonly from: Sender;
}

/**
 * Joins the identity of who came by a link to the contact that the link is of: known identities bring their contact along, which is
 * merged into that one. Gives the session that the link led to, undefined where there is no good link: then the event is that of whoever
 * brings it. Each step is harmless when done again, as the provider does after a crash: the event's id is known where the link led.
 */
export async function openLink(parts: LinkParts, { event, channel, platform, from }: Opening, along?: Along): Promise<string | undefined> {
  const brought = bringsToken(event);
  const stored = brought && (await ownerOf(parts.store, brought.session));
  if (!brought || !stored) return undefined;
  const isGood = isLasting(stored.state.links, { token: brought.token, platform, at: event.at });
  if (!isGood && !stored.hasSeen(event.id)) return undefined;
  const owner = stored.state.id;
  const { session, others } = await parts.store.contacts.resolve(from.identities, owner);
  for (const other of new Set([session, ...others])) if (other !== owner) await mergeContacts(parts, other, owner);
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
  const outcome = await parts.takeTurn(owner, linked, along);
  // Forgotten meanwhile: the link leads nowhere.
  return outcome.kind === 'gone' ? undefined : owner;
}

/** The record of a contact, or of the one that it was merged into. */
async function ownerOf(store: Store, session: string): Promise<StoredSession | undefined> {
  let stored = await store.sessions.load(session);
  for (let move = 0; stored?.state.mergedInto !== undefined && move < MOST_MOVES; move += 1)
    stored = await store.sessions.load(stored.state.mergedInto);
  return stored?.state.mergedInto === undefined ? stored : undefined;
}
