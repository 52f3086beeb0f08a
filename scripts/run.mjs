// Installs packages and builds if needed, then runs a file in this same process. Plain JavaScript, because it runs before anything is built.
//   node scripts/run.mjs [--build | --watch] [file to run] [its arguments]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '..');
const sources = ['src', 'plugins', 'adapters', 'platforms', 'test', 'bench', 'chaos', 'fuzz', 'examples', 'scripts', 'tsconfig.json'];
// The files that the compiler makes of a source.
const MADE = /\.(js|js\.map|d\.ts)$/;
const installStamp = join(root, 'node_modules', '.parley-installed');
const buildStamp = join(root, 'dist', '.built');

// npm starts this through a shell. A signal ends the shell without reaching this process, which then has another parent.
const parent = process.ppid;
const isLeft = () => process.env.npm_lifecycle_event !== undefined && process.ppid !== parent;

const [first, ...rest] = process.argv.slice(2);
installWhatIsMissing();
if (first === '--watch') watch(rest);
else {
  buildWhatIsOld();
  if (first && first !== '--build') await run(first, rest);
}

function installWhatIsMissing() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === wanted) return;
  say('installing packages (once)');
  call('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(installStamp, wanted);
}

function buildWhatIsOld() {
  if (existsSync(buildStamp) && statSync(buildStamp).mtimeMs >= newestSource()) return;
  say('building');
  const started = Date.now();
  call(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', root]);
  removeOrphans(join(root, 'dist'), root);
  writeFileSync(buildStamp, '');
  // A file saved while the compiler ran is newer than what was built.
  if (newestSource() > started) rmSync(buildStamp);
}

/** Removes what deleted sources have left behind. Everything else stays, because a host may be running from it. */
function removeOrphans(built, source) {
  for (const name of readdirSync(built)) {
    const path = join(built, name);
    if (statSync(path).isDirectory()) {
      if (existsSync(join(source, name))) removeOrphans(path, join(source, name));
      else rmSync(path, { recursive: true });
    } else if (MADE.test(name) && !existsSync(join(source, name.replace(MADE, '.ts')))) rmSync(path);
  }
}

function newestSource() {
  return Math.max(...sources.map((one) => newestIn(join(root, one))));
}

function newestIn(path) {
  if (!existsSync(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return /\.(ts|json)$/.test(path) ? found.mtimeMs : 0;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestIn(join(path, name))), found.mtimeMs);
}

function call(command, args) {
  // Their output goes to standard error, because standard output belongs to the file that is run.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (error) say(error.message);
  if (status !== 0) process.exit(status ?? 1);
}

async function run(file, args) {
  if (isLeft()) process.exit(143);
  setInterval(() => {
    if (isLeft()) process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
  const path = resolve(root, file);
  process.argv = [process.argv[0], path, ...args];
  await import(pathToFileURL(path).href);
}

/** Rebuilds on every change and restarts the file. */
function watch([file, ...args]) {
  buildWhatIsOld();
  const compiler = spawn(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', root, '--watch', '--preserveWatchOutput'],
    { cwd: root, stdio: 'inherit' },
  );
  const host = spawn(process.execPath, ['--watch', '--enable-source-maps', resolve(root, file), ...args], { cwd: root, stdio: 'inherit' });
  const stop = () => {
    compiler.kill();
    host.kill();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  host.on('exit', (code) => {
    compiler.kill();
    process.exit(code ?? 0);
  });
}

function say(words) {
  process.stderr.write(`parley: ${words}\n`);
}
