import Libsql from 'libsql';
import { OperationalError } from '../../contract/host/index.js';
import { boundValues, type Row, readRow, type SqlValue } from './sql-values.js';

/**
 * A SQLite file. Nothing else imports libsql, which aborts on a boolean, accepts a wrong number of parameters and cuts texts at NUL. An
 * error of SQLite becomes an `OperationalError`; a value that cannot be bound is a bug and throws a `TypeError`.
 */
export interface Database {
  prepare(sql: string): Statement;
  exec(sql: string): void;
  /** Brings everything that is committed into the file, which then does not change until `endCopy`: new writes stay in the log beside it. */
  beginCopy(): void;
  endCopy(): void;
  /** Brings everything that is committed into the file and truncates the log beside it. */
  emptyLog(): void;
  close(): void;
}
export interface Statement {
  all(...values: readonly SqlValue[]): readonly Row[];
  /** Returns the number of rows changed. */
  run(...values: readonly SqlValue[]): number;
}

/** Bytes in the write-ahead log after which SQLite copies its pages to the file. */
const LOG_SIZE = 65_536_000;

const FAILED = 'the data file cannot be read or written';

/**
 * Opens a file, or `:memory:`.
 *
 * @throws OperationalError `store/in-use` if another process owns the file, `store/away` if it cannot be used.
 */
export function openDatabase(file: string, synchronous: 'FULL' | 'NORMAL'): Database {
  const db = attempt(() => new Libsql(file), `the data file cannot be opened: ${file}`);
  try {
    setUp(db, synchronous);
  } catch (error) {
    db.close();
    if (isBusy(error)) throw new OperationalError('store/in-use', `the data file is in use by another process: ${file}`, error);
    throw new OperationalError('store/away', `the data file cannot be used: ${file}: ${messageOf(error)}`, error);
  }
  return {
    prepare: (sql) => prepare(db, sql),
    exec: (sql) => void attempt(() => db.exec(sql)),
    beginCopy() {
      attempt(() => db.exec('PRAGMA wal_autocheckpoint = 0'));
      emptyLog(db);
    },
    endCopy: () => void attempt(() => limitLog(db)),
    emptyLog: () => emptyLog(db),
    close: () => close(db),
  };
}

/** Writes the live rows of a database file that nobody has open to another file, which must be empty or not exist. */
export function vacuumInto(from: string, to: string): void {
  const db = new Libsql(from);
  try {
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
}

function setUp(db: Libsql.Database, synchronous: 'FULL' | 'NORMAL'): void {
  // For new files; others keep the size they have. A write costs whole pages, and mostly a few hundred bytes change in each.
  db.exec('PRAGMA page_size = 4096');
  // The lock belongs to the process, and ends with it in any case.
  db.exec('PRAGMA locking_mode = EXCLUSIVE');
  db.exec('PRAGMA journal_mode = WAL');
  db.exec(`PRAGMA synchronous = ${synchronous}`);
  db.exec('PRAGMA temp_store = MEMORY');
  // Overwrites what is deleted with zeros, so that nothing of a forgotten person stays in free pages.
  db.exec('PRAGMA secure_delete = ON');
  // Keeps the pages of everybody who is talking in memory, and copies a page that changes often to the file only now and then. Together
  // they halve the cost of a turn.
  db.exec('PRAGMA cache_size = -32000');
  limitLog(db);
  db.exec('BEGIN EXCLUSIVE');
  db.exec('COMMIT');
}

function limitLog(db: Libsql.Database): void {
  const [row] = db.prepare('PRAGMA page_size').all() as Row[];
  db.exec(`PRAGMA wal_autocheckpoint = ${Math.round(LOG_SIZE / Number(row?.['page_size'] ?? 4_096))}`);
}

function prepare(db: Libsql.Database, sql: string): Statement {
  const statement = attempt(() => db.prepare(sql));
  const count = sql.split('?').length - 1;
  return {
    all(...values) {
      const bound = boundValues(sql, values, count);
      return attempt(() => statement.all(...bound) as Row[]).map(readRow);
    },
    run(...values) {
      const bound = boundValues(sql, values, count);
      return attempt(() => statement.run(...bound).changes);
    },
  };
}

function close(db: Libsql.Database): void {
  try {
    // libsql keeps the file open until its statements are collected. This gives up the lock now, for whoever opens the file next.
    db.exec('PRAGMA journal_mode = DELETE');
    db.exec('PRAGMA locking_mode = NORMAL');
    db.exec('SELECT 1 FROM sqlite_master');
  } catch {
    // The disk is full, or the file was taken away. Its last pages stay in the log beside it, which the next start reads.
  } finally {
    db.close();
  }
}

function emptyLog(db: Libsql.Database): void {
  const [done] = attempt(() => db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all() as Row[]);
  if (done?.['busy'] !== 0) throw new OperationalError('store/away', `${FAILED}: it is busy`);
}

function attempt<T>(work: () => T, failure = FAILED): T {
  try {
    return work();
  } catch (error) {
    throw new OperationalError('store/away', `${failure}: ${messageOf(error)}`, error);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^SQLITE_(BUSY|LOCKED)/.test(error.code);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
