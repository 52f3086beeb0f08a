import { BUDGET, type IsoTime } from '../../contract/index.js';
import { later } from '../adopt-session.js';
import { idsInLog, type SessionRecord } from '../session-record.js';
import { ALL_IN_LOG } from './session-row.js';
import type { TurnLog } from './turns.js';

/**
 * Returns a record with the ids of its latest events. A row does not hold them, so they are read from the turn log. Their times are not
 * read: they count as new as the newest event, and the whole log is asked only for an event that is not later than that.
 */
export function withLatestEvents(log: TurnLog, record: SessionRecord): SessionRecord {
  if (record.oldestRemembered !== ALL_IN_LOG) return record;
  const sessions = idsInLog(record).toReversed();
  const newestEvent = record.newestEvent ?? newestOf(log, sessions);
  const ids = sessions.flatMap((one) => log.latestEvents(one, BUDGET.seen)).slice(-BUDGET.seen);
  return { ...record, seen: ids.map((id) => ({ id, at: newestEvent })), oldestRemembered: newestEvent, newestEvent };
}

/** Releases before December 2026 did not store the time of the newest event. */
function newestOf(log: TurnLog, sessions: readonly string[]): IsoTime {
  return sessions.reduce((newest, one) => later(newest, log.newestEvent(one)), '');
}
