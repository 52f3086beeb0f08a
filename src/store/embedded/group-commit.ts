import { OperationalError } from '../../contract/index.js';
import type { Database } from './database.js';

/** Writes that are asked for in one tick of the event loop share one transaction, and with it one wait for the disk. */
export interface GroupCommit {
  /**
   * `work` runs inside the transaction and must be synchronous; it may run a second time when another of its group has failed. The
   * answer comes after the shared commit. A throw undoes this work alone.
   */
  write<T>(work: () => T): Promise<T>;
  /** The last group could not be written. */
  readonly hasFailed: boolean;
  /** Takes nothing more; resolves when all that was asked for before is on disk. */
  end(): Promise<void>;
}

interface Waiting {
  readonly work: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** `undone` is called when a whole group is lost, so that nobody goes on remembering what it wrote. */
export function createGroupCommit(db: Database, undone: () => void): GroupCommit {
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
    // All is well as a rule: savepoints cost half of a write, so they are made only when one of the group has failed.
    const answers = together(group) ?? eachForItself(group);
    if (answers) for (const answer of answers) answer();
  }

  /** Everything in one go, or nothing of it. */
  function together(group: readonly Waiting[]): readonly (() => void)[] | undefined {
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
      undone();
      return undefined;
    }
  }

  /** The same group again, each write undone by itself if it fails; a commit that fails is everybody's failure. */
  function eachForItself(group: readonly Waiting[]): readonly (() => void)[] | undefined {
    try {
      begin.run();
      const answers = group.map(runOne);
      commit.run();
      hasFailed = false;
      return answers;
    } catch (error) {
      rollback();
      undone();
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
      // Nothing was begun.
    }
  }

  return {
    get hasFailed() {
      return hasFailed;
    },
    write: (work) =>
      new Promise((resolve, reject) => {
        // libsql would go on writing after the file's lock is gone.
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
