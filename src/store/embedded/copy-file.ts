import { closeSync, copyFileSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { vacuumInto } from './database.js';

// Runs as a process of its own, `copy-file <from> <to>`: if the host itself opened and closed the data file, it would lose SQLite's lock
// on it (https://www.sqlite.org/howtocorrupt.html, 2.2). VACUUM INTO writes live rows only, so nothing that was deleted is in the copy.
// Exits with 0 when the copy is on disk, else prints the code of the system's error.
const [from = '', to = ''] = process.argv.slice(2);
const raw = `${to}.raw`;
try {
  closeSync(openSync(raw, 'w', 0o600));
  copyFileSync(from, raw);
  closeSync(openSync(to, 'w', 0o600));
  vacuumInto(raw, to);
  const copy = openSync(to, 'r+');
  fsyncSync(copy);
  closeSync(copy);
} catch (error) {
  process.stderr.write(error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error');
  process.exitCode = 1;
} finally {
  for (const one of [raw, `${raw}-wal`, `${raw}-shm`]) rmSync(one, { force: true });
}
