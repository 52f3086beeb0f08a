import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BackupOutcome } from '../../contract/index.js';
import type { Database } from './database.js';

export interface Backup {
  /** Copies the store to a file that is not there yet, while the host goes on. One at a time. */
  to(file: string): Promise<BackupOutcome>;
  /** Calls `work` at once, or when the backup that is under way has ended: the file must stand still until then. */
  whenIdle(work: () => void): Promise<void>;
  /** Breaks off what is under way. */
  stop(): Promise<void>;
}

const COPY_FILE = fileURLToPath(new URL('./copy-file.js', import.meta.url));

/**
 * All that was committed is brought into the data file, which then stands still: what is written meanwhile goes to the log beside it
 * until the copy is made. So the copy is the store of that moment, and the host waits for the checkpoint alone.
 */
export function createBackup(db: Database, from: string): Backup {
  let copying: { readonly child: ChildProcess; readonly ended: Promise<string | undefined> } | undefined;

  function begin(part: string): NonNullable<typeof copying> {
    const child = spawn(process.execPath, [COPY_FILE, from, part], { stdio: ['ignore', 'ignore', 'pipe'] });
    let words = '';
    child.stderr.on('data', (said: Buffer) => {
      words += said.toString().slice(0, 100);
    });
    const ended = new Promise<string | undefined>((done) => {
      child.once('error', ({ message }) => done(message));
      child.once('close', (status) => done(status === 0 ? undefined : words || 'it was broken off'));
    });
    return { child, ended };
  }

  return {
    async to(given) {
      if (from === ':memory:') return refused('the store is in memory, and ends with its process');
      if (copying) return refused('another backup is under way');
      const file = resolve(given);
      if (existsSync(file)) return refused('there is a file of this name already');
      const began = performance.now();
      const part = `${file}.part`;
      try {
        db.holdStill();
        copying = begin(part);
        const failure = await copying.ended;
        if (failure !== undefined) {
          for (const one of [part, `${part}.raw`, `${part}.raw-wal`, `${part}.raw-shm`]) rmSync(one, { force: true });
          return refused(`the file could not be copied: ${failure}`);
        }
      } finally {
        copying = undefined;
        db.letMove();
      }
      renameSync(part, file);
      return { kind: 'done', bytes: statSync(file).size, millis: Math.round(performance.now() - began) };
    },
    async whenIdle(work) {
      while (copying) await copying.ended;
      work();
    },
    async stop() {
      copying?.child.kill('SIGKILL');
      await copying?.ended;
    },
  };
}

function refused(reason: string): BackupOutcome {
  return { kind: 'refused', reason };
}
