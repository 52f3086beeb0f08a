import { countRange, STEP, type Step } from './count-range.js';
import type { Database } from './database.js';

/** Counts the waiting sessions by their positions, such as `|a@1#x|b@2#y|`. */
export function countWaiting(db: Database, { entries, positions }: Step = STEP): () => Generator<void, ReadonlyMap<string, number>> {
  const next = db.prepare("SELECT min(positions) AS p FROM sessions WHERE status = 'waiting' AND positions > ?");
  const count = countRange(db, { by: 'rowid', where: "status = 'waiting' AND positions = ? AND rowid > ?" }, entries);
  return function* () {
    const counts = new Map<string, number>();
    // Sessions without a frame wait at ''.
    for (let position: unknown = ''; typeof position === 'string'; position = next.all(position)[0]?.['p']) {
      counts.set(position, yield* count([position], [0]));
      if (counts.size % positions === 0) yield;
    }
    return counts;
  };
}
