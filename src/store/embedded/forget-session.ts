import type { IsoTime } from '../../contract/index.js';
import { entryOfState } from '../contact-entry.js';
import { readState } from '../read-stored.js';
import { moveCall, readRecord, type SessionWork } from './session-records.js';
import { callKeyIn } from './session-row.js';

/** Removes the record. What stays is that the id was used, and into which session it was merged. */
export function forgetSession(work: SessionWork, id: string, at: IsoTime): Promise<void> {
  const { sql, group, cache, contactIndex } = work;
  return group.write(() => {
    const record = readRecord(work, id);
    moveCall(sql, id, { from: callKeyIn(record), to: undefined });
    contactIndex.change(id, record && { from: entryOfState(readState(record.state)), to: undefined });
    sql.noteForgotten.run(at, id);
    sql.remove.run(id);
    cache.delete(id);
  });
}
