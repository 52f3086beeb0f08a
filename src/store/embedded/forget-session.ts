import type { IsoTime } from '../../contract/index.js';
import { moveCall, readRecord, type SessionWork } from './session-records.js';
import { callKeyIn } from './session-row.js';

/** Removes the record. What stays is that the id was used, and into which session it was merged. */
export function forgetSession(work: SessionWork, id: string, at: IsoTime): Promise<void> {
  const { sql, group, cache } = work;
  return group.write(() => {
    moveCall(sql, id, { from: callKeyIn(readRecord(work, id)), to: undefined });
    sql.noteForgotten.run(at, id);
    sql.remove.run(id);
    cache.delete(id);
  });
}
