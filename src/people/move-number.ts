import type { TakeTurn } from '../contract/host/index.js';
import type { ChannelId, Clock, Identity, IsoTime, Sender, UserId } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import type { ChannelBook } from '../published/channel-book.js';
import { livingSession } from './living-session.js';
import { newAuditId, newSessionId } from './new-id.js';

interface MoveParts {
  readonly store: Store;
  readonly channels: Pick<ChannelBook, 'get'>;
  readonly takeTurn: TakeTurn;
  readonly clock: Pick<Clock, 'now'>;
}

/** An event of a person whose identities are partly known. */
export interface Met {
  readonly from: Sender;
  readonly channel: ChannelId;
  readonly owners: ReadonlyMap<Identity, string>;
  /** The provider's time of the event. */
  readonly at: IsoTime;
}

/**
 * Moves numbers that have changed hands: if an event comes with a known number but with another user id than the number's owner has, it is
 * from another person, and the number is theirs from now on. An event that is older than the owner's last message moves nothing. Returns
 * the identities that the person has. Each step can be repeated without harm.
 */
export async function moveNumber(parts: MoveParts, met: Met): Promise<readonly Identity[]> {
  const known = parts.channels.get(met.channel);
  const userId: UserId | undefined = known?.adapter.userId?.(met.from.identities, known.config);
  if (!known || !userId) return met.from.identities;
  let own = met.from.identities;
  const others = new Set([...met.owners].flatMap(([one, owner]) => (one === userId.identity ? [] : [owner])));
  for (const owner of others) {
    const state = (await livingSession(parts.store, owner))?.state;
    if (!state || state.contact.identities.includes(userId.identity)) continue;
    // Earlier releases kept user ids among the identities only.
    const { userIds, identities } = state.contact;
    const theirs = userIds ? userIds[userId.scope] : known.adapter.userId?.(identities, known.config)?.identity;
    if (theirs === undefined) continue;
    if ((state.channels[met.channel]?.lastInboundAt ?? '') > met.at) own = own.filter((one) => met.owners.get(one) !== owner);
    else await takeAway(parts, met, { userId, theirs, owner, session: state.id });
  }
  return own;
}

interface Taken {
  readonly userId: UserId;
  /** The user id of the previous owner. */
  readonly theirs: Identity;
  /** The session of the previous owner as the identities name it. */
  readonly owner: string;
  /** The session that it was merged into, if it was. */
  readonly session: string;
}

async function takeAway({ store, channels, takeTurn, clock }: MoveParts, { from, channel, owners }: Met, taken: Taken): Promise<void> {
  const { userId, theirs, owner, session } = taken;
  const adapter = channels.get(channel)?.adapter;
  const { session: heir } = await store.contacts.resolve([userId.identity], newSessionId(clock.now()));
  const identities = from.identities.filter((one) => owners.get(one) === owner);
  const addresses = [...new Set(identities.flatMap((one) => adapter?.senderOf(one, channel)?.address ?? []))];
  const instead = adapter?.senderOf(theirs, channel)?.address;
  const at = clock.now();
  const event = {
    id: `moved:${userId.identity}:${addresses.join(':')}`,
    at,
    type: 'numberMoved',
    identities,
    addresses,
    heir,
    ...(instead === undefined ? {} : { instead }),
  } as const;
  const error = { kind: 'rejected', code: 'number-moved', message: 'the number now belongs to another person' } as const;
  await takeTurn(session, event, { skips: { addresses, error } });
  await store.audit.add({
    id: newAuditId(at),
    at,
    by: { id: 'host', name: 'host', role: 'admin' },
    action: 'contact.number-moved',
    target: `contact:${session}`,
    before: { identities: [...identities] },
    after: { contact: heir },
  });
  await store.contacts.give(identities, owner, heir);
}
