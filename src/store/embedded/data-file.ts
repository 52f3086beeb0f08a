import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Log, OperationalError } from '../../contract/host/index.js';

/**
 * Makes the data file readable by its owner only, because it holds what people wrote. SQLite gives the log beside it the same mode. A
 * folder that is created for it is private as well; one that exists keeps its mode, as it may hold other files.
 */
export function keepPrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  // By path: closing a descriptor of a file that this process has open would drop SQLite's lock on it.
  for (const one of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(one)) chmodSync(one, 0o600);
}

/**
 * Returns a function that throws an `OperationalError` if the data file is no longer the one that was opened, and logs it the first time.
 * If the file is moved away or a backup is put in its place, this process goes on writing to a file that nobody can open again.
 */
export function watchDataFile(file: string, log: Log): () => void {
  const opened = identityOf(file);
  let isLogged = false;
  return () => {
    if (identityOf(file) === opened) return;
    if (!isLogged)
      log.error({ file }, 'the data file was replaced while the host was running: restart it, as all that it writes now will be lost');
    isLogged = true;
    throw new OperationalError('store/away', `the data file was replaced: ${file}`);
  };
}

function identityOf(file: string): string | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}
