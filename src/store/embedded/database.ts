import Libsql from 'libsql';
import { OperationalError } from '../../contract/index.js';

/** What SQLite may be given. Booleans are not among them: libsql aborts the whole process on one. */
export type SqlValue = string | number | bigint | null;
export type Row = Readonly<Record<string, SqlValue>>;

/** The only door to libsql, which aborts on a boolean, takes a wrong number of parameters, adds a key to `.get()` and cuts texts at NUL. */
export interface Database {
  prepare(sql: string): Statement;
  exec(sql: string): void;
  close(): void;
}
export interface Statement {
  all(...values: readonly SqlValue[]): readonly Row[];
  /** The number of rows changed. */
  run(...values: readonly SqlValue[]): number;
}

/** Opens a file, or `:memory:`. Rejects with `OperationalError` when another process owns the file. */
export function openDatabase(file: string, synchronous: 'FULL' | 'NORMAL'): Database {
  const db = new Libsql(file);
  try {
    // One process owns the file: the lock goes with the process, however it ends.
    // A record has some kB: pages that hold it whole spare it a chain of them.
    db.exec('PRAGMA page_size = 8192');
    db.exec('PRAGMA locking_mode = EXCLUSIVE');
    db.exec('PRAGMA journal_mode = WAL');
    db.exec(`PRAGMA synchronous = ${synchronous}`);
    db.exec('PRAGMA temp_store = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
    db.exec('COMMIT');
  } catch (error) {
    db.close();
    throw new OperationalError('store/in-use', `the data file is in use by another process: ${file}`, error);
  }
  return {
    exec: (sql) => void db.exec(sql),
    close() {
      // libsql keeps the file until its statements are collected; the lock must go now, for whoever opens it next.
      db.exec('PRAGMA journal_mode = DELETE');
      db.exec('PRAGMA locking_mode = NORMAL');
      db.exec('SELECT 1 FROM sqlite_master');
      db.close();
    },
    prepare(sql) {
      const statement = db.prepare(sql);
      const count = sql.split('?').length - 1;
      return {
        all(...values) {
          check(sql, values, count);
          return statement.all(...values) as readonly Row[];
        },
        run(...values) {
          check(sql, values, count);
          return statement.run(...values).changes;
        },
      };
    },
  };
}

function check(sql: string, values: readonly SqlValue[], count: number): void {
  if (values.length !== count) throw new TypeError(`${values.length} values for ${count} parameters: ${sql}`);
  for (const value of values) if (!isBindable(value)) throw new TypeError(`not a value for SQLite (${describe(value)}): ${sql}`);
}

function isBindable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0');
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'bigint';
}

function describe(value: unknown): string {
  return typeof value === 'string' ? 'a text with NUL' : typeof value === 'number' ? String(value) : typeof value;
}
