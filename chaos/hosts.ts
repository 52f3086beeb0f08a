import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** A host as a process of its own. Its port stays the same when it is started again. */
export interface Host {
  readonly url: string;
  /** True while it listens. */
  readonly isReady: boolean;
  /** Resolves when it listens. */
  ready(): Promise<void>;
  /** Kills it with SIGKILL. Resolves when the process is gone and the next one has been started. */
  kill(): Promise<void>;
  /** Stops it for so many milliseconds, unless it is killed meanwhile. */
  pause(millis: number): Promise<void>;
  /** Sets its wall clock ahead by so many milliseconds. A host that is started again has the right time. */
  setClock(ahead: number): void;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** One life of a host. */
export interface HostProcess {
  /** When it was killed, in milliseconds. */
  killedAt?: number;
}

/** What is known about the hosts. */
export interface HostBook {
  /** The process that has opened the latest connection, by its ports, see `connectionKey`. */
  readonly connections: Map<string, HostProcess>;
  /** Processes that ended by themselves, with their last output. */
  readonly ownEnds: string[];
  /** How many log lines there were, by level and message. */
  readonly lines: Map<string, number>;
  /** The first error lines in full. */
  readonly errors: string[];
}

/** Names a connection. Two processes may use the same local port for connections to different providers. */
export function connectionKey(from: number, to: number): string {
  return `${from}>${to}`;
}

const MAIN = new URL('./host.js', import.meta.url).pathname;
const LAST_WORDS = 2_000;
const MAX_ERRORS = 10;
/** A host that has crashed this often is not restarted. */
const MAX_OWN_ENDS = 5;

/** Starts a host in a folder of its own, so that it finds no `.env` file. */
export function startHost(how: {
  readonly port: number;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly book: HostBook;
}): Host {
  const { port, folder, env, book } = how;
  const url = urlOf(port);
  let waiting: (() => void)[] = [];
  let isReady = false;
  let isKilled = false;
  let isOver = false;
  let life: HostProcess = {};
  let child = start();

  function start(): ChildProcess {
    isReady = false;
    isKilled = false;
    const started = spawn(process.execPath, [MAIN], {
      cwd: folder,
      env: { ...env, PATH: process.env['PATH'] ?? '', PORT: String(port), EMULATORS: 'false', LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const own: HostProcess = {};
    life = own;
    started.on('message', ({ connectedFrom, to }: { readonly connectedFrom: number; readonly to: number }) => {
      book.connections.set(connectionKey(connectedFrom, to), own);
    });
    let lastWords = '';
    linesOf(started.stdout, (line) => {
      if (line.startsWith('parley listens on')) listens();
      else note(book, line);
    });
    linesOf(started.stderr, (line) => {
      lastWords = `${lastWords}${line}\n`.slice(-LAST_WORDS);
    });
    started.once('exit', (code, signal) => {
      if (isKilled || isOver) return;
      book.ownEnds.push(`${url} ended by itself (${signal ?? code}): ${lastWords}`);
      if (book.ownEnds.length < MAX_OWN_ENDS) child = start();
    });
    return started;
  }

  function listens(): void {
    isReady = true;
    for (const go of waiting) go();
    waiting = [];
  }

  return {
    url,
    get isReady() {
      return isReady;
    },
    ready: () => (isReady ? Promise.resolve() : new Promise((go) => waiting.push(go))),
    async kill() {
      isKilled = true;
      isReady = false;
      life.killedAt = Date.now();
      await ended(child, 'SIGKILL');
      if (!isOver) child = start();
    },
    async pause(millis) {
      const paused = child;
      paused.kill('SIGSTOP');
      await new Promise((done) => setTimeout(done, millis));
      paused.kill('SIGCONT');
    },
    setClock(ahead) {
      // If the process is gone, the next one has the right time. One that starts with a wrong clock could not know that it is wrong.
      if (isReady && child.connected) child.send({ ahead }, () => {});
    },
    async stop() {
      isOver = true;
      life.killedAt = Date.now();
      await ended(child, 'SIGKILL');
    },
  };
}

/** Returns the address of the host with this port. */
export function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Returns a free port. It is below those of outgoing connections, because it has to be free again after each kill. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const isFree = await new Promise<boolean>((done) => {
      const server = createServer();
      server.once('error', () => done(false));
      server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
    });
    if (isFree) return port;
  }
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill(signal);
  });
}

function linesOf(stream: NodeJS.ReadableStream | null, take: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (part: string) => {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}

function note({ lines, errors }: HostBook, line: string): void {
  if (!line.startsWith('{')) return;
  const { level, msg } = JSON.parse(line) as { readonly level?: number; readonly msg?: string };
  const isError = (level ?? 0) >= 50;
  const what = `${isError ? 'error' : 'warning'}: ${msg}`;
  lines.set(what, (lines.get(what) ?? 0) + 1);
  if (isError && errors.length < MAX_ERRORS) errors.push(line);
}
