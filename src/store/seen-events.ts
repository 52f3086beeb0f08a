import { BUDGET, type IsoTime, type TurnCommit } from '../contract/index.js';
import type { Seen, SessionRecord } from './record-shape.js';

/**
 * Tells whether a record remembers an event. Nearly always it does not, and ids differ at their end, so that is compared first: comparing
 * whole texts with a common beginning costs several microseconds a turn.
 */
export function hasSeen(seen: readonly Seen[], event: string): boolean {
  const { length } = event;
  const last = event.charCodeAt(length - 1);
  for (const { id } of seen) if (id.length === length && id.charCodeAt(length - 1) === last && id === event) return true;
  return false;
}

/** Returns what a session remembers after a turn, with what a session that is merged into it remembers. */
export function seenAfter(
  record: SessionRecord | undefined,
  turn: Pick<TurnCommit, 'event' | 'eventTime'>,
  adopted: SessionRecord | undefined,
): Pick<SessionRecord, 'seen' | 'oldestRemembered'> {
  const known = adopted ? [...adopted.seen, ...(record?.seen ?? [])].sort(byTime) : (record?.seen ?? []);
  const all = [...known, { id: turn.event, at: turn.eventTime }];
  let oldestRemembered = later(record?.oldestRemembered ?? '', adopted?.oldestRemembered ?? '');
  const dropped = Math.max(0, all.length - BUDGET.seen);
  for (const { at } of all.slice(0, dropped)) oldestRemembered = later(oldestRemembered, at);
  return { seen: dropped === 0 ? all : all.slice(dropped), oldestRemembered };
}

function byTime(a: Seen, b: Seen): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
}

function later(one: IsoTime, other: IsoTime): IsoTime {
  return one > other ? one : other;
}
