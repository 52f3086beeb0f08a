import type { Database } from './database.js';
import type { SqlValue } from './sql-values.js';

/** How much one step of counting reads, so that it takes about a millisecond. */
export const STEP = { entries: 25_000, positions: 100 } as const;
export type Step = { readonly [K in keyof typeof STEP]: number };

/** Rows in the order of an index. */
interface Range {
  /** Default: `sessions`. */
  readonly table?: string;
  /** The columns by which they are ordered. */
  readonly by: string;
  /** The condition for them. Its last parameters are values of the columns `by`, after which the range begins. */
  readonly where: string;
}

/** Returns a function that counts a range. It yields after each step of so many entries, because there may be any number of them. */
export function countRange(db: Database, { table = 'sessions', by, where }: Range, entries: number) {
  const far = db.prepare(`SELECT ${by} FROM ${table} WHERE ${where} ORDER BY ${by} LIMIT 1 OFFSET ${entries - 1}`);
  const rest = db.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`);
  return function* (values: readonly SqlValue[], first: readonly SqlValue[]): Generator<void, number> {
    let [n, after] = [0, first];
    for (let row = far.all(...values, ...after)[0]; row; row = far.all(...values, ...after)[0]) {
      [n, after] = [n + entries, Object.values(row)];
      yield;
    }
    return n + Number(rest.all(...values, ...after)[0]?.['n'] ?? 0);
  };
}
