import { closeSync, copyFileSync, fsyncSync, openSync } from 'node:fs';

// A process of its own, `copy-file <from> <to>`: closing any descriptor of the data file inside of the host would drop SQLite's lock on
// it (https://www.sqlite.org/howtocorrupt.html, 2.2). Ends with 0 when the copy is on the disk, else tells the system's code.
const [from = '', to = ''] = process.argv.slice(2);
try {
  copyFileSync(from, to);
  const copy = openSync(to, 'r+');
  fsyncSync(copy);
  closeSync(copy);
} catch (error) {
  process.stderr.write(error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error');
  process.exitCode = 1;
}
