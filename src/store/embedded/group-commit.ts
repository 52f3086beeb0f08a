import { OperationalError } from '../../contract/host/index.js';
import type { Database } from './database.js';

/** Runs all writes that are requested in one tick of the event loop in one transaction, so that they share one wait for the disk. */
export interface GroupCommit {
  /**
   * Runs `work` in the next transaction, and resolves with its value after the commit. `work` must be synchronous, and harmless when run a
   * second time: that happens if another write of the group throws. If `work` itself throws, only its own writes are rolled back.
   */
  write<T>(work: () => T): Promise<T>;
  /** True if the last group could not be written. */
  readonly hasFailed: boolean;
  /** Accepts no more writes. Resolves when those requested before are on disk. */
  end(): Promise<void>;
}

interface Waiting {
  readonly work: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** `rolledBack` is called when a whole group was rolled back, so that caches can drop what it wrote. */
export function createGroupCommit(db: Database, rolledBack: () => void): GroupCommit {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const savepoint = db.prepare('SAVEPOINT one');
  const release = db.prepare('RELEASE one');
  let waiting: Waiting[] = [];
  let isEnded = false;
  let hasFailed = false;

  function flush(): void {
    const group = waiting;
    waiting = [];
    // Savepoints cost half as much as a write, so they are made only if a write of the group throws.
    for (const answer of runTogether(group) ?? runSeparately(group)) answer();
  }

  /** Runs all writes and commits; if one throws, rolls all of them back and returns undefined. */
  function runTogether(group: readonly Waiting[]): readonly (() => void)[] | undefined {
    try {
      begin.run();
      const answers = group.map(({ work, resolve }) => {
        const value = work();
        return () => resolve(value as never);
      });
      commit.run();
      hasFailed = false;
      return answers;
    } catch {
      rollback();
      rolledBack();
      return undefined;
    }
  }

  /** Runs the group again, each write in a savepoint of its own. If the commit fails, all of them have failed. */
  function runSeparately(group: readonly Waiting[]): readonly (() => void)[] {
    try {
      begin.run();
      const answers = group.map(runOne);
      commit.run();
      hasFailed = false;
      return answers;
    } catch (error) {
      rollback();
      rolledBack();
      hasFailed = true;
      const away = new OperationalError('store/away', 'the data file could not be written', error);
      return group.map(
        ({ reject }) =>
          () =>
            reject(away),
      );
    }
  }

  function runOne({ work, resolve, reject }: Waiting): () => void {
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

  function rollback(): void {
    try {
      db.exec('ROLLBACK');
    } catch {
      // There was no transaction.
    }
  }

  return {
    get hasFailed() {
      return hasFailed;
    },
    write: (work) =>
      new Promise((resolve, reject) => {
        // libsql would write to the file although its lock is gone.
        if (isEnded) return reject(new OperationalError('store/away', 'the store is closed'));
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ work, resolve: resolve as (value: never) => void, reject });
      }),
    end() {
      isEnded = true;
      return new Promise((done) => (waiting.length === 0 ? done() : setImmediate(done)));
    },
  };
}
