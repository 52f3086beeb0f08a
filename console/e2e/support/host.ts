import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(process.cwd(), 'dist/src/main.js');
const KEY = 'e2e-admin-key-0123456789';
/** How long a host may take until it listens, in milliseconds. */
const PATIENCE = 30_000;

/** A whole host with emulators, as `npm start` runs it, on free ports and with a folder of its own. */
export interface Host {
  readonly url: string;
  /** The link that signs in once. */
  readonly link: string;
  /** The key of the admin. */
  readonly key: string;
  /** Calls the API as the admin. */
  call<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: T; headers: Headers }>;
  /** Writes as a person on WhatsApp, through a signed webhook of the emulator. */
  say(from: string, text: string): Promise<void>;
  /** Returns what a person has been sent on WhatsApp, and waits until it is at least so much. */
  heard(to: string, count: number): Promise<readonly { readonly text: string }[]>;
  stop(): Promise<void>;
}

/** Starts a host, and waits until it has printed all that it prints to a newcomer. */
export async function startHost(env: Readonly<Record<string, string>> = {}): Promise<Host> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-e2e-'));
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATA_DIR: folder,
      EMULATORS: 'true',
      EMULATOR_WHATSAPP_PORT: '0',
      EMULATOR_VIBER_PORT: '0',
      PARLEY_ADMIN_KEY: KEY,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { url, link, emulator } = await readGreeting(child);
  const call: Host['call'] = async <T>(method: string, path: string, body?: unknown, headers = {}) => {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${KEY}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as T, headers: answer.headers };
  };
  return {
    url,
    link,
    key: KEY,
    call,
    async say(from, text) {
      const answer = await fetch(`${emulator}/emulator/say`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ from, name: 'Ada', text }),
      });
      if (!answer.ok) throw new Error(`the emulator refused the message: ${await answer.text()}`);
    },
    async heard(to, count) {
      for (;;) {
        const answer = await fetch(`${emulator}/emulator/messages?to=${to}&after=-1`);
        const { items } = (await answer.json()) as { items: { text: string }[] };
        if (items.length >= count) return items;
        const after = (items.at(-1) as { index?: number } | undefined)?.index ?? -1;
        await fetch(`${emulator}/emulator/messages?to=${to}&after=${after}&wait=5`);
      }
    },
    async stop() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Reads the addresses from what the host prints. */
async function readGreeting(child: ChildProcess): Promise<{ url: string; link: string; emulator: string }> {
  if (!child.stdout) throw new Error('the host has no output');
  const found: { url?: string; link?: string; emulator?: string } = {};
  const lines = createInterface({ input: child.stdout });
  const tooLate = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  for await (const line of lines) {
    found.url ??= /listens on (http:\S+)/.exec(line)?.[1];
    found.link ??= /(http:\S+\/sign-in#\S+)/.exec(line)?.[1];
    found.emulator ??= /WhatsApp is emulated on (http:[^\s,]+)/.exec(line)?.[1];
    if (found.url !== undefined && found.link !== undefined && found.emulator !== undefined) break;
  }
  clearTimeout(tooLate);
  const { url, link, emulator } = found;
  if (url === undefined || link === undefined || emulator === undefined) throw new Error('the host ended before it had printed its link');
  child.stdout.resume();
  return { url, link, emulator };
}
