import type { Database } from './database.js';

/** How much one step of counting reads, so that it takes about a millisecond. */
export const STEP = { entries: 25_000, positions: 100 } as const;
export type Step = { readonly [K in keyof typeof STEP]: number };

/** Counts the waiting sessions by their positions, such as `|a@1#x|b@2#y|`. Yields after each step, as many may wait at the same one. */
export function countWaiting(db: Database, { entries, positions }: Step = STEP): () => Generator<void, ReadonlyMap<string, number>> {
  const next = db.prepare("SELECT min(positions) AS p FROM sessions WHERE status = 'waiting' AND positions > ?");
  const where = "status = 'waiting' AND positions = ? AND rowid > ?";
  const far = db.prepare(`SELECT rowid AS at FROM sessions WHERE ${where} ORDER BY rowid LIMIT 1 OFFSET ${entries - 1}`);
  const rest = db.prepare(`SELECT count(*) AS n FROM sessions WHERE ${where}`);
  return function* () {
    const counts = new Map<string, number>();
    // Sessions without a frame wait at ''.
    for (let position: unknown = ''; typeof position === 'string'; position = next.all(position)[0]?.['p']) {
      let [n, after] = [0, 0];
      for (let at = far.all(position, after)[0]?.['at']; typeof at === 'number'; at = far.all(position, after)[0]?.['at']) {
        [n, after] = [n + entries, at];
        yield;
      }
      counts.set(position, n + Number(rest.all(position, after)[0]?.['n'] ?? 0));
      if (counts.size % positions === 0) yield;
    }
    return counts;
  };
}
