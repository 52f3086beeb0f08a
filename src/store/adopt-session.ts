import { BUDGET, type IsoTime } from '../contract/index.js';
import type { TurnCommit } from '../contract/store/index.js';
import { isCallEffect, type KeptEffect, type Seen, type SessionRecord } from './session-record.js';

/** Returns the effects of a merged session as the session it was merged into keeps them: ids, attempts, doubts and leases stay. */
export function adoptedEffects({ effects, lease }: SessionRecord): readonly KeptEffect[] {
  // The lease of the other record is for its own head send, so a send that is being performed brings its lease along.
  return effects.map((one) => (lease && one.status === 'claimed' && !isCallEffect(one) && !one.lease ? { ...one, lease } : one));
}

/** Returns the event ids to remember after a turn, with those of the session that the turn adopts. */
export function seenAfter(
  record: SessionRecord | undefined,
  turn: Pick<TurnCommit, 'event' | 'eventTime'>,
  adopted: SessionRecord | undefined,
): Pick<SessionRecord, 'seen' | 'oldestRemembered' | 'newestEvent'> {
  const known = adopted ? byTime([...adopted.seen, ...(record?.seen ?? [])]) : (record?.seen ?? []);
  const dropped = Math.max(0, known.length + 1 - BUDGET.seen);
  let oldestRemembered = later(record?.oldestRemembered ?? '', adopted?.oldestRemembered ?? '');
  for (let i = 0; i < dropped; i += 1) oldestRemembered = later(oldestRemembered, known[i]?.at ?? '');
  const newestEvent = later(later(record?.newestEvent ?? '', adopted?.newestEvent ?? ''), turn.eventTime);
  return { seen: [...known.slice(dropped), { id: turn.event, at: turn.eventTime }], oldestRemembered, newestEvent };
}

function byTime(seen: Seen[]): readonly Seen[] {
  return seen.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

export function later(one: IsoTime, other: IsoTime): IsoTime {
  return one > other ? one : other;
}
