import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Log, OperationalError } from '../../contract/index.js';

/**
 * People's words are nobody else's: the file is readable by its owner alone (SQLite gives the log beside it the same mode), and so is a
 * folder that is made for it. A folder that exists already is left as it is, since other things may stand in it.
 */
export function keepPrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  // By name: closing a descriptor of a file that this process has open would drop SQLite's lock on it.
  for (const one of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(one)) chmodSync(one, 0o600);
}

/**
 * Watches over the file that was opened: somebody may move it away, or put a backup in its place, and this process would go on writing
 * into a file without a name. Gives a look that throws an `OperationalError` then, and logs it the first time.
 */
export function watchDataFile(file: string, log: Log): () => void {
  const opened = identityOf(file);
  let isTold = false;
  return () => {
    if (identityOf(file) === opened) return;
    if (!isTold)
      log.error({ file }, 'the data file was replaced under the running host: what it writes now is lost when it ends; restart it');
    isTold = true;
    throw new OperationalError('store/away', `the data file was replaced: ${file}`);
  };
}

function identityOf(file: string): string | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}
