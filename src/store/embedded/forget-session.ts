import type { IsoTime } from '../../contract/index.js';
import type { SessionWork } from './session-records.js';

/** Removes the record. What stays is that the id was used, and into which session it was merged. */
export function forgetSession({ sql, group, cache }: SessionWork, id: string, at: IsoTime): Promise<void> {
  return group.write(() => {
    sql.noteForgotten.run(at, id);
    sql.remove.run(id);
    cache.delete(id);
  });
}
