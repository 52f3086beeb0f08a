import Libsql from 'libsql';
import { OperationalError } from '../../contract/index.js';

/** What SQLite may be given. Booleans are not among them: libsql aborts the whole process on one. */
export type SqlValue = string | number | bigint | null;
export type Row = Readonly<Record<string, SqlValue>>;

/**
 * The only door to libsql, which aborts on a boolean, takes a wrong number of parameters, adds a key to `.get()` and cuts texts at NUL.
 * What SQLite itself refuses is an `OperationalError`; a value that must not be bound is a bug, and a `TypeError`.
 */
export interface Database {
  prepare(sql: string): Statement;
  exec(sql: string): void;
  /** Brings all that was committed into the file, which then stands still; what is written meanwhile stays in the log beside it. */
  holdStill(): void;
  letMove(): void;
  /** Brings all that was committed into the file and cuts the log beside it to nothing. */
  emptyLog(): void;
  close(): void;
}
export interface Statement {
  all(...values: readonly SqlValue[]): readonly Row[];
  /** The number of rows changed. */
  run(...values: readonly SqlValue[]): number;
}

/** The log beside the file has so many pages at most, as a rule. */
const LOG_PAGES = 8_000;

/** Opens a file, or `:memory:`. Throws an `OperationalError` when another process owns the file, or it is none of ours. */
export function openDatabase(file: string, synchronous: 'FULL' | 'NORMAL'): Database {
  const db = attempt(() => new Libsql(file), `the data file cannot be opened: ${file}`);
  try {
    // One process owns the file: the lock goes with the process, however it ends.
    // A record has some kB: pages that hold it whole spare it a chain of them.
    db.exec('PRAGMA page_size = 8192');
    db.exec('PRAGMA locking_mode = EXCLUSIVE');
    db.exec('PRAGMA journal_mode = WAL');
    db.exec(`PRAGMA synchronous = ${synchronous}`);
    db.exec('PRAGMA temp_store = MEMORY');
    // What is deleted is overwritten with zeros: the words of a forgotten person do not stay in free pages.
    db.exec('PRAGMA secure_delete = ON');
    // The pages of everybody who is talking stay in memory, and a page that changes often is copied to the file once in a while: half of a turn's cost.
    db.exec('PRAGMA cache_size = -32000');
    db.exec(`PRAGMA wal_autocheckpoint = ${LOG_PAGES}`);
    db.exec('BEGIN EXCLUSIVE');
    db.exec('COMMIT');
  } catch (error) {
    db.close();
    if (isBusy(error)) throw new OperationalError('store/in-use', `the data file is in use by another process: ${file}`, error);
    throw new OperationalError('store/away', `the data file cannot be used: ${file}: ${messageOf(error)}`, error);
  }
  return {
    exec: (sql) => void attempt(() => db.exec(sql), FAILED),
    holdStill() {
      attempt(() => db.exec('PRAGMA wal_autocheckpoint = 0'), FAILED);
      emptyLog(db);
    },
    emptyLog: () => emptyLog(db),
    letMove: () => void attempt(() => db.exec(`PRAGMA wal_autocheckpoint = ${LOG_PAGES}`), FAILED),
    close() {
      try {
        // libsql keeps the file until its statements are collected; the lock must go now, for whoever opens it next.
        db.exec('PRAGMA journal_mode = DELETE');
        db.exec('PRAGMA locking_mode = NORMAL');
        db.exec('SELECT 1 FROM sqlite_master');
      } catch {
        // The disk is full, or the file was taken away: its last pages stay in the log beside it, which the next start reads.
      } finally {
        db.close();
      }
    },
    prepare(sql) {
      const statement = attempt(() => db.prepare(sql), FAILED);
      const count = sql.split('?').length - 1;
      return {
        all(...values) {
          const bound = bind(sql, values, count);
          return attempt(() => statement.all(...bound) as Row[], FAILED).map(given);
        },
        run(...values) {
          const bound = bind(sql, values, count);
          return attempt(() => statement.run(...bound).changes, FAILED);
        },
      };
    },
  };
}

const FAILED = 'the data file cannot be read or written';

/** Writes the live rows of a database file that nobody has open into another one, which may be there, but empty. */
export function vacuumInto(from: string, to: string): void {
  const db = new Libsql(from);
  try {
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
}

function emptyLog(db: Libsql.Database): void {
  const [done] = attempt(() => db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all() as Row[], FAILED);
  if (done?.['busy'] !== 0) throw new OperationalError('store/away', `${FAILED}: it is busy`);
}

/** Whatever SQLite throws is the store's being away. */
function attempt<T>(work: () => T, what: string): T {
  try {
    return work();
  } catch (error) {
    throw new OperationalError('store/away', `${what}: ${messageOf(error)}`, error);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^SQLITE_(BUSY|LOCKED)/.test(error.code);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function bind(sql: string, values: readonly SqlValue[], count: number): readonly SqlValue[] {
  if (values.length !== count) throw new TypeError(`${values.length} values for ${count} parameters: ${sql}`);
  let isPlain = true;
  for (const value of values) {
    if (!isBindable(value)) throw new TypeError(`not a value for SQLite (${describe(value)}): ${sql}`);
    if (typeof value === 'string' && (value.includes(NUL) || value.includes(MARK))) isPlain = false;
  }
  return isPlain ? values : values.map((value) => (typeof value === 'string' ? withoutNul(value) : value));
}

function isBindable(value: unknown): boolean {
  return typeof value === 'string' || value === null || typeof value === 'bigint' || Number.isFinite(value);
}

function describe(value: unknown): string {
  return typeof value === 'number' ? String(value) : typeof value;
}

const NUL = '\u0000';
/** Stands before `0` for NUL and before `1` for itself. JSON holds neither as it is, so only ids of strangers pay for it. */
const MARK = '\u0001';

function withoutNul(text: string): string {
  return text.replaceAll(MARK, `${MARK}1`).replaceAll(NUL, `${MARK}0`);
}

function given(row: Row): Row {
  for (const value of Object.values(row)) {
    if (typeof value === 'string' && value.includes(MARK)) return Object.fromEntries(Object.entries(row).map(withNul));
  }
  return row;
}

function withNul([key, value]: [string, SqlValue]): [string, SqlValue] {
  return [key, typeof value === 'string' ? value.replaceAll(`${MARK}0`, NUL).replaceAll(`${MARK}1`, MARK) : value];
}
