// Builds the console into dist/console: bundles it with Vite, compresses the files, and puts all of them in place at once, because a host may
// be serving the earlier ones.
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';

/** Larger files of these types are compressed. */
const COMPRESSED = /\.(js|css|html|svg|json)$/;
const MIN_SIZE = 1_024;

const root = resolve(import.meta.dirname, '..');
const dist = resolve(root, '../dist');
const made = join(dist, `.console-${process.pid}`);

const started = new Date();
removeLeftFolders();
await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn', build: { outDir: made } });
await Promise.all(filesIn(made).map(compress));
putInPlace();
// A file saved while Vite ran is newer than what was built.
const stamp = join(dist, '.console-built');
writeFileSync(stamp, '');
utimesSync(stamp, started, started);

/** Removes the folders of builds that were ended. */
function removeLeftFolders() {
  for (const name of existsSync(dist) ? readdirSync(dist) : []) {
    const [, pid] = /^\.console-(\d+)(?:-old)?$/.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(dist, name), { recursive: true });
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name));
}

async function compress(file) {
  if (!COMPRESSED.test(file) || statSync(file).size < MIN_SIZE) return;
  const content = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const [br, gz] = await Promise.all([promisify(brotliCompress)(content, { params }), promisify(gzip)(content, { level: 9 })]);
  writeFileSync(`${file}.br`, br);
  writeFileSync(`${file}.gz`, gz);
}

function putInPlace() {
  const place = join(dist, 'console');
  const old = `${made}-old`;
  if (existsSync(place)) renameSync(place, old);
  renameSync(made, place);
  rmSync(old, { recursive: true, force: true });
}
