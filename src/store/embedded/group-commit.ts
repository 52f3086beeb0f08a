import { OperationalError } from '../../contract/host/index.js';
import type { Database, Statement } from './database.js';

/** Runs all writes that are requested in one tick of the event loop in one transaction, so that they share one wait for the disk. */
export interface GroupCommit {
  /**
   * Runs `work` in the next transaction, and resolves with its value after the commit. `work` must be synchronous, and harmless when run a
   * second time: that happens if another write of the group throws. If `work` itself throws, only its own writes are rolled back.
   */
  write<T>(work: () => T): Promise<T>;
  /** Like `write`, but causes no transaction of its own while others come: it joins the next one, or begins one after `MAX_DELAY`. */
  writeSoon<T>(work: () => T): Promise<T>;
  /** Writes now what has been requested. */
  flush(): void;
  /** True if the last group could not be written. */
  readonly hasFailed: boolean;
  /** Writes what has been requested, and accepts no more writes. */
  end(): void;
}

/** How long `writeSoon` waits for another write, in milliseconds. */
const MAX_DELAY = 5;

interface Waiting {
  readonly work: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** Answers the caller of a write. Called after the commit. */
type Answer = () => void;

/** `rolledBack` is called when a whole group was rolled back, so that caches can drop what it wrote. */
export function createGroupCommit(db: Database, rolledBack: () => void): GroupCommit {
  const transactions = prepare(db);
  let waiting: Waiting[] = [];
  let next: NodeJS.Immediate | undefined;
  let atTheLatest: NodeJS.Timeout | undefined;
  let isEnded = false;
  let hasFailed = false;

  function flush(): void {
    const group = waiting;
    if (group.length === 0) return;
    waiting = [];
    clearImmediate(next);
    clearTimeout(atTheLatest);
    next = undefined;
    atTheLatest = undefined;
    // Savepoints cost half as much as a write, so they are made only if a write of the group throws.
    let done = inTransaction(transactions, () => group.map(runWrite));
    if ('error' in done) {
      rolledBack();
      done = inTransaction(transactions, () => group.map((write) => runInSavepoint(transactions, write)));
      if ('error' in done) rolledBack();
    }
    hasFailed = 'error' in done;
    for (const answer of 'error' in done ? rejectAll(group, done.error) : done.value) answer();
  }

  function enqueue<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      // libsql would write to the file although its lock is gone.
      if (isEnded) return reject(new OperationalError('store/away', 'the store is closed'));
      waiting.push({ work, resolve: resolve as (value: never) => void, reject });
    });
  }

  return {
    get hasFailed() {
      return hasFailed;
    },
    write(work) {
      next ??= setImmediate(flush);
      return enqueue(work);
    },
    writeSoon(work) {
      if (!next) atTheLatest ??= setTimeout(flush, MAX_DELAY);
      return enqueue(work);
    },
    flush,
    end() {
      isEnded = true;
      flush();
    },
  };
}

interface Transactions {
  readonly db: Database;
  readonly begin: Statement;
  readonly commit: Statement;
  readonly savepoint: Statement;
  readonly release: Statement;
}

function prepare(db: Database): Transactions {
  return {
    db,
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    savepoint: db.prepare('SAVEPOINT one'),
    release: db.prepare('RELEASE one'),
  };
}

/** Commits what `work` writes. If it throws, or the commit fails, rolls everything back. */
function inTransaction<T>({ db, begin, commit }: Transactions, work: () => T): { readonly value: T } | { readonly error: unknown } {
  try {
    begin.run();
    const value = work();
    commit.run();
    return { value };
  } catch (error) {
    try {
      db.exec('ROLLBACK');
    } catch {
      // There was no transaction.
    }
    return { error };
  }
}

function runWrite({ work, resolve }: Waiting): Answer {
  const value = work();
  return () => resolve(value as never);
}

/** Runs a write so that it is rolled back alone if it throws. */
function runInSavepoint({ db, savepoint, release }: Transactions, { work, resolve, reject }: Waiting): Answer {
  savepoint.run();
  try {
    const value = work();
    release.run();
    return () => resolve(value as never);
  } catch (error) {
    db.exec('ROLLBACK TO one; RELEASE one');
    return () => reject(error);
  }
}

function rejectAll(group: readonly Waiting[], error: unknown): readonly Answer[] {
  const away = new OperationalError('store/away', 'the data file could not be written', error);
  return group.map(
    ({ reject }) =>
      () =>
        reject(away),
  );
}
