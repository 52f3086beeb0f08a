import type { Seen } from './session-record.js';

/**
 * Returns true if a record remembers an event. It rarely does, and ids differ at their end, which is compared first: whole ids with a
 * common beginning take several microseconds a turn.
 */
export function hasSeen(seen: readonly Seen[], event: string): boolean {
  const { length } = event;
  const last = event.charCodeAt(length - 1);
  for (const { id } of seen) if (id.length === length && id.charCodeAt(length - 1) === last && id === event) return true;
  return false;
}
