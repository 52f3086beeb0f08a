import { BUDGET, type TurnCommit } from '../contract/index.js';
import type { KeptEffect, SessionRecord } from './session-record.js';
import { isCallEffect } from './session-record.js';

/** The effects of a session that is merged into another one, as the other one keeps them: with their ids, tries, doubts and leases. */
export function effectsAlong({ effects, lease }: SessionRecord): readonly KeptEffect[] {
  // The record of the other session has a lease for its own head, so a send that is under way keeps the one that it has.
  return effects.map((one) => (lease && one.status === 'claimed' && !isCallEffect(one) && !one.lease ? { ...one, lease } : one));
}

/** What a session has seen after a turn; with what was seen by the one that is merged into it. The later `oldestRemembered` counts. */
export function seenTogether(
  record: SessionRecord | undefined,
  turn: Pick<TurnCommit, 'event' | 'eventTime'>,
  adopted: SessionRecord | undefined,
): Pick<SessionRecord, 'seen' | 'oldestRemembered'> {
  const known = [...(adopted?.seen ?? []), ...(record?.seen ?? [])];
  if (adopted) known.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const all = [...known, { id: turn.event, at: turn.eventTime }];
  const dropped = all.slice(0, Math.max(0, all.length - BUDGET.seen)).map(({ at }) => at);
  const remembered = [record?.oldestRemembered ?? '', adopted?.oldestRemembered ?? '', ...dropped];
  return { seen: all.slice(dropped.length), oldestRemembered: remembered.sort().at(-1) ?? '' };
}
