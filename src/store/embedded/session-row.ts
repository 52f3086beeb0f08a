import { dueOf } from '../due-of.js';
import type { SessionRecord } from '../session-record.js';
import type { Row, SqlValue } from './sql-values.js';

type Rest = Pick<SessionRecord, 'effects' | 'lease' | 'joined' | 'index'>;

/** Event ids are not in the row but in the turn log, so the log is asked for every event that is older than this: for all of them. */
const ALL_IN_LOG = '9999-12-31T23:59:59.999Z';

/** Reads a row of the table `sessions` as a record. */
export function recordOf(id: string, row: Row): SessionRecord {
  const rest = JSON.parse(String(row['rest'])) as Rest;
  const kept = {
    id,
    rev: Number(row['rev']),
    revision: Number(row['revision']),
    state: String(row['state']),
    updatedAt: String(row['updated_at']),
  };
  return { ...rest, ...kept, seen: [], oldestRemembered: ALL_IN_LOG };
}

/** Returns the column `rest`. */
export function restOf({ effects, lease, joined, index }: SessionRecord): string {
  return JSON.stringify({ effects, lease, joined, index } satisfies { [K in keyof Rest]: Rest[K] | undefined });
}

/** Returns the columns `due_at`, `due_channel` and `due_lane`. */
export function dueColumns(record: SessionRecord): readonly [at: SqlValue, channel: SqlValue, lane: SqlValue] {
  const { dueAt = null, channel = null, lane = null } = dueOf(record);
  return [dueAt, channel, lane];
}

/** Returns the column `positions`: `|welcome@3#ask|other@1#wait|`, so that a position can be found with LIKE. */
export function positionText({ index: { positions } }: SessionRecord): string {
  return positions.length === 0 ? '' : `|${positions.join('|')}|`;
}
