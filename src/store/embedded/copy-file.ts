import { closeSync, copyFileSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { vacuumInto } from './database.js';

// A process of its own, `copy-file <from> <to>`: closing any descriptor of the data file inside of the host would drop SQLite's lock on
// it (https://www.sqlite.org/howtocorrupt.html, 2.2). The copy is written anew from its live rows (VACUUM INTO): what an earlier
// release left in free pages is not in it. Ends with 0 when the copy is on the disk, else prints the system's code.
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
