import type { IsoTime } from '../../contract/index.js';
import { entryChange } from '../contact-entry.js';
import type { DueKeys } from '../due-keys.js';
import type { RecordCache } from '../record-cache.js';
import { channelOf } from '../record-view.js';
import type { Planned, SessionRecord } from '../session-record.js';
import type { EmbeddedContactIndex } from './contact-index.js';
import type { DeliveryLog } from './deliveries.js';
import type { GroupCommit } from './group-commit.js';
import { callKeyIn, dueKeysIn, positionText, recordOf, restOf } from './session-row.js';
import type { SessionSql } from './session-sql.js';
import type { TurnLog } from './turns.js';

/** What the verbs on sessions work with. */
export interface SessionWork {
  readonly sql: SessionSql;
  readonly group: GroupCommit;
  /** Records as they are stored: this process alone owns the file. */
  readonly cache: RecordCache;
  readonly turns: TurnLog;
  readonly deliveries: DeliveryLog;
  readonly contactIndex: EmbeddedContactIndex;
}

export function readRecord({ sql, cache }: SessionWork, id: string): SessionRecord | undefined {
  const cached = cache.get(id);
  if (cached) return cached;
  const row = sql.select.all(id)[0];
  if (!row) return undefined;
  const record = recordOf(id, row);
  cache.set(id, record);
  return record;
}

type Change<T> = (record: SessionRecord | undefined) => T;

/** Reads a record and changes it in one transaction. If `change` throws, nothing is written and the cached record is dropped. */
export function changeRecord<T>(work: SessionWork, id: string, change: Change<T>): Promise<T> {
  return work.group.write(() => changeNow(work, id, change));
}

/** Like `changeRecord`, in the next transaction that somebody else causes, or a moment later. */
export function changeRecordSoon<T>(work: SessionWork, id: string, change: Change<T>): Promise<T> {
  return work.group.writeSoon(() => changeNow(work, id, change));
}

function changeNow<T>(work: SessionWork, id: string, change: Change<T>): T {
  try {
    return change(readRecord(work, id));
  } catch (error) {
    work.cache.delete(id);
    throw error;
  }
}

/** Writes the new record of a plan and its rows of the delivery log. Call it within `changeRecord`. */
export function storePlan(work: SessionWork, before: SessionRecord | undefined, { planned, at }: { planned: Planned; at: IsoTime }): void {
  writeRecord(work, before, planned.record);
  for (const row of planned.deliveries) work.deliveries.settle(row, channelOf(before, row.effect), at);
}

/** Writes a record over the one before it. Call it within a transaction. */
export function writeRecord({ sql, cache, contactIndex }: SessionWork, before: SessionRecord | undefined, after: SessionRecord): void {
  const { callKey, ...keys } = dueKeysIn(after);
  if (writeRow(sql, before, { after, keys }) !== 1) throw new Error(`the session ${after.id} was changed by somebody else`);
  moveCall(sql, after.id, { from: callKeyIn(before), to: callKey });
  contactIndex.change(after.id, entryChange(before, after));
  cache.set(after.id, after);
}

/** Writes what has changed: an index costs as much as the row, even if the value in its column stays the same. */
function writeRow(
  sql: SessionSql,
  before: SessionRecord | undefined,
  { after, keys }: { readonly after: SessionRecord; readonly keys: DueKeys },
): number {
  const { id, rev, revision, state, newestTurns = [], updatedAt } = after;
  const rest = restOf(after);
  const [wakeKey, dueKey] = [keys.wakeKey ?? null, keys.dueKey ?? null];
  if (before && before.state === state && before.revision === revision) return sql.updateEffects.run(rev, rest, dueKey, id, before.rev);
  const found = foundBy(after);
  const turn = [rev, revision, state, rest, JSON.stringify(newestTurns), wakeKey, dueKey] as const;
  if (!before) return sql.insert.run(...turn, ...found, updatedAt, id);
  const isFoundAsBefore = foundBy(before).every((value, i) => value === found[i]);
  return isFoundAsBefore
    ? sql.updateTurn.run(...turn, updatedAt, id, before.rev)
    : sql.update.run(...turn, ...found, updatedAt, id, before.rev);
}

/** Returns the columns `status`, `positions`, `merged_into` and `queue`. */
function foundBy(record: SessionRecord): readonly (string | null)[] {
  return [record.index.status, positionText(record), record.index.mergedInto ?? null, record.index.queue ?? null];
}

/** Writes that the next call of a session is due at another time. */
export function moveCall(
  sql: SessionSql,
  id: string,
  { from, to }: { readonly from: string | undefined; readonly to: string | undefined },
): void {
  if (from === to) return;
  if (from !== undefined) sql.removeCall.run(from, id);
  if (to !== undefined) sql.addCall.run(to, id);
}
