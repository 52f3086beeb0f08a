import { moveCall, readRecord, type SessionWork } from './session-records.js';
import { dueKeysIn, SHARD } from './session-row.js';

/** Less than the keys of releases before December 2026, which are times alone; greater than every `wake_key` of today. */
export const OLD_WAKES = '1';
/** Greater than the old keys; less than every `due_key` of today, which begins with a queue. */
export const FIRST_QUEUE = ':';

/** Rows moved in one write. */
const MAX_ROWS = 500;

/** Gives some sessions of an earlier release the keys of today. Returns true if there may be more. */
export function upgradeRows(work: SessionWork): Promise<boolean> {
  return work.group.write(() => {
    const { sql } = work;
    const old = sql.oldDues.all(FIRST_QUEUE, MAX_ROWS);
    for (const { id } of old) moveDue(work, String(id));
    const wakes = sql.moveOldWakes.run(`${SHARD}|`, OLD_WAKES, MAX_ROWS);
    return old.length === MAX_ROWS || wakes === MAX_ROWS;
  });
}

function moveDue(work: SessionWork, id: string): void {
  const record = readRecord(work, id);
  if (!record) return;
  const { dueKey = null, callKey } = dueKeysIn(record);
  work.sql.setDue.run(dueKey, id);
  moveCall(work.sql, id, { from: undefined, to: callKey });
}
