// Installs packages and builds if needed, then runs a file in this same process. Plain JavaScript, because it runs before anything is built.
//   node scripts/run.mjs [--console] [file to run] [its arguments]   --console: builds the console, too, beside the running file
//   node scripts/run.mjs --tests [file to run] [its arguments]       compiles the tests of the console, too, before the file runs
//   node scripts/run.mjs --watch [file to run] [its arguments]       builds again after each change, and restarts the file
//   node scripts/run.mjs --build [host | console]                    installs all packages, and builds both if none is named
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newestIn } from './newest.mjs';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const sources = ['src', 'plugins', 'adapters', 'platforms', 'test', 'bench', 'chaos', 'fuzz', 'examples', 'scripts', 'tsconfig.json'];
const consoleSources = ['src', 'build', 'languages', 'index.html', 'vite.config.ts', 'package.json'].map((name) => join('console', name));
// The files that the compiler makes of a source.
const MADE = /\.(js|js\.map|d\.ts)$/;
const hostPackages = join(root, 'node_modules', '.parley-installed');
const allPackages = join(root, 'node_modules', '.parley-console-installed');
const buildStamp = join(dist, '.built');
const consoleStamp = join(dist, '.console-built');
const consoleTestsStamp = join(dist, '.console-tests-built');

// npm starts this through a shell. A signal ends the shell without reaching this process, which then has another parent.
const parent = process.ppid;
const isLeft = () => process.env.npm_lifecycle_event !== undefined && process.ppid !== parent;
let running;

const [first, ...rest] = process.argv.slice(2);
if (first === '--build') await build(rest[0]);
else if (first === '--watch') await watch(rest);
else {
  if (first === '--tests') await installAllPackages();
  else await installHostPackages();
  await buildHost();
  if (first === '--tests') await buildConsoleTests();
  const [file, ...args] = first === '--console' || first === '--tests' ? rest : [first, ...rest];
  if (file) await run(file, args);
  // Only now, so that the console does not delay the first answer of the host.
  if (first === '--console') buildConsoleBeside();
}

async function build(what) {
  if (process.connected) endWithParent();
  await installAllPackages();
  if (what !== 'console') await buildHost();
  if (what !== 'host') await buildConsole();
}

/** Ends this process, and what it runs, when the process that it works beside ends. It gets out of the way of that process. */
function endWithParent() {
  setPriority(10);
  process.on('disconnect', () => {
    running?.kill();
    process.exit(1);
  });
}

/** The packages of the console are a third of all, and a host does not need them. */
async function installHostPackages() {
  if (isStamped(hostPackages)) return;
  say('installing packages (once)');
  await call('npm', ['ci', '--workspaces=false', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(hostPackages, lockHash());
}

async function installAllPackages() {
  if (isStamped(hostPackages) && isStamped(allPackages)) return;
  const isHostReady = isStamped(hostPackages);
  say(isHostReady ? 'installing the packages of the console (once)' : 'installing packages (once)');
  // A host may be running with the packages that are there, so they are not removed.
  const command = isHostReady ? ['install', '--no-save'] : ['ci'];
  await call('npm', [...command, '--no-audit', '--no-fund', '--loglevel=error']);
  for (const stamp of [hostPackages, allPackages]) writeFileSync(stamp, lockHash());
}

function isStamped(stamp) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash();
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

async function buildHost() {
  if (isNewerThan(buildStamp, newestSource())) return;
  say('building');
  const started = Date.now();
  await call(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', root]);
  removeOrphans(dist, root);
  writeFileSync(buildStamp, '');
  // A file saved while the compiler ran is newer than what was built.
  if (newestSource() > started) rmSync(buildStamp);
}

async function buildConsole() {
  // It shares the contract with the host.
  const newest = Math.max(...[...consoleSources, 'src/contract', 'package-lock.json'].map((one) => newestIn(join(root, one))));
  if (existsSync(join(dist, 'console/index.html')) && isNewerThan(consoleStamp, newest)) return;
  say('building the console');
  await call(process.execPath, [join(root, 'console/build/build.mjs')]);
  say('the console is ready');
}

/** Compiles the console with its tests, which use sources of the host, too. Only what has changed is compiled again. */
async function buildConsoleTests() {
  const newest = () =>
    Math.max(newestSource(), ...['src', 'test', 'e2e', 'tsconfig.json'].map((name) => newestIn(join(root, 'console', name))));
  if (isNewerThan(consoleTestsStamp, newest())) return;
  say('building the tests of the console');
  const started = Date.now();
  await call(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'console')]);
  removeOrphans(join(dist, 'console-tests'), root);
  writeFileSync(consoleTestsStamp, '');
  if (newest() > started) rmSync(consoleTestsStamp);
}

/** Builds the console in a process of its own, which ends with this one. */
function buildConsoleBeside() {
  const child = spawn(process.execPath, [import.meta.filename, '--build', 'console'], { cwd: root, stdio: ['ignore', 2, 2, 'ipc'] });
  child.unref();
  child.channel.unref();
}

function isNewerThan(stamp, newest) {
  return existsSync(stamp) && statSync(stamp).mtimeMs >= newest;
}

/** Removes what deleted sources have left behind. Everything else stays, because a host may be running from it. */
function removeOrphans(built, source) {
  for (const name of readdirSync(built)) {
    const path = join(built, name);
    // What is built of the console has other names than its sources.
    if (built === dist && /^\.?console/.test(name)) continue;
    if (statSync(path).isDirectory()) {
      if (existsSync(join(source, name))) removeOrphans(path, join(source, name));
      else rmSync(path, { recursive: true });
    } else if (MADE.test(name) && !['.ts', '.tsx'].some((ending) => existsSync(join(source, name.replace(MADE, ending))))) rmSync(path);
  }
}

function newestSource() {
  return Math.max(...sources.map((one) => newestIn(join(root, one), (file) => /\.(ts|json)$/.test(file))));
}

/** Runs a command; if it fails, this process ends, too. */
async function call(command, args) {
  // Their output goes to standard error, because standard output belongs to the file that is run.
  running = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  const status = await new Promise((done) => {
    running.on('error', (error) => {
      say(error.message);
      done(1);
    });
    running.on('exit', done);
  });
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
async function watch([file, ...args]) {
  await installHostPackages();
  await buildHost();
  const compiler = spawn(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', root, '--watch', '--preserveWatchOutput'],
    { cwd: root, stdio: 'inherit' },
  );
  const host = spawn(process.execPath, ['--watch', '--enable-source-maps', resolve(root, file), ...args], { cwd: root, stdio: 'inherit' });
  buildConsoleBeside();
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
