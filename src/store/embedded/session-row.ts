import { type DueKeys, dueKeysOf } from '../due-keys.js';
import { isCallEffect, type SessionRecord } from '../session-record.js';
import type { Row } from './sql-values.js';
import { readLogged } from './turn-index.js';

type Rest = Pick<SessionRecord, 'effects' | 'lease' | 'joined' | 'index' | 'newestEvent'>;

/** Event ids are not in the row but in the turn log. Until they are read, the log has to be asked for every event that is older than this: for all. */
export const ALL_IN_LOG = '9999-12-31T23:59:59.999Z';

/** Reads a row of the table `sessions` as a record. */
export function recordOf(id: string, row: Row): SessionRecord {
  const rest = JSON.parse(String(row['rest'])) as Rest;
  return {
    id,
    rev: Number(row['rev']),
    revision: Number(row['revision']),
    state: String(row['state']),
    updatedAt: String(row['updated_at']),
    newestTurns: readLogged(row),
    seen: [],
    oldestRemembered: ALL_IN_LOG,
    ...rest,
  };
}

/** Returns the column `rest`. */
export function restOf({ effects, lease, joined, index, newestEvent }: SessionRecord): string {
  return JSON.stringify({ effects, lease, joined, index, newestEvent } satisfies { [K in keyof Rest]: Rest[K] | undefined });
}

/** The only shard: one process owns the file. */
export const SHARD = '00';

export function dueKeysIn(record: SessionRecord): DueKeys {
  return dueKeysOf(record, SHARD);
}

/** Returns the key in the table `due_calls`; undefined if no call waits. */
export function callKeyIn(record: SessionRecord | undefined): string | undefined {
  return record?.effects.some(isCallEffect) ? dueKeysIn(record).callKey : undefined;
}

/** Returns the column `positions`: `|welcome@3#ask|other@1#wait|`, so that a position can be found with LIKE. */
export function positionText({ index: { positions } }: SessionRecord): string {
  return positions.length === 0 ? '' : `|${positions.join('|')}|`;
}
