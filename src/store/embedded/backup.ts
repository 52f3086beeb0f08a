import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BackupOutcome } from '../../contract/store/index.js';
import type { Database } from './database.js';

export interface Backup {
  /** Copies the store to a new file while the host goes on. One backup at a time. */
  to(file: string): Promise<BackupOutcome>;
  /** Calls `work` now, or after the backup that is running: until then the file must not change. */
  whenIdle(work: () => void): Promise<void>;
  /** Aborts the backup that is running. */
  stop(): Promise<void>;
}

const COPY_FILE = fileURLToPath(new URL('./copy-file.js', import.meta.url));

/**
 * Backs up the data file `from`. A checkpoint brings everything that is committed into the file. Until the copy is made, the file does not
 * change: what is written meanwhile stays in the write-ahead log. So the host waits for the checkpoint only.
 */
export function createBackup(db: Database, from: string): Backup {
  let copying: { readonly child: ChildProcess; readonly ended: Promise<string | undefined> } | undefined;

  function begin(part: string): NonNullable<typeof copying> {
    const child = spawn(process.execPath, [COPY_FILE, from, part], { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (text: Buffer) => {
      errors += text.toString().slice(0, 100);
    });
    const ended = new Promise<string | undefined>((done) => {
      child.once('error', ({ message }) => done(message));
      child.once('close', (status) => done(status === 0 ? undefined : errors || 'it was aborted'));
    });
    return { child, ended };
  }

  return {
    async to(path) {
      if (from === ':memory:') return refused('the store is in memory only');
      if (copying) return refused('another backup is running');
      const file = resolve(path);
      if (existsSync(file)) return refused('the file exists already');
      const began = performance.now();
      const part = `${file}.part`;
      try {
        db.beginCopy();
        copying = begin(part);
        const failure = await copying.ended;
        if (failure !== undefined) {
          for (const one of [part, `${part}.raw`, `${part}.raw-wal`, `${part}.raw-shm`]) rmSync(one, { force: true });
          return refused(`the file could not be copied: ${failure}`);
        }
      } finally {
        copying = undefined;
        db.endCopy();
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
