import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuSeconds, startChild } from './child.js';
import { COUNTING } from './counting-flow.js';
import { percentile, printTable, show, spread } from './figures.js';

const PHONES = 64;
const EACH = 150;
const RUNS = 3;
const KEY = 'bench-key-0123456789';
const SECRET = 'bench-app-secret';
const PHONE_NUMBER_ID = '106540352242922';
const here = (file: string) => new URL(file, import.meta.url).pathname;

interface Run {
  readonly perSecond: number;
  readonly cpuMicros: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}
interface Opponent {
  readonly pid: number;
  readonly webhook: string;
  stop(): Promise<void>;
}

/**
 * (a) A message in, a reply out over HTTP, everything stored, against loops that store nothing. Host or loop in one process, the phones
 * and the provider in another. Rounds are interleaved, so that what else the machine does hits all alike.
 */
export async function benchMessages(): Promise<void> {
  const opponents: Readonly<Record<string, (provider: string) => Promise<Opponent>>> = {
    'express 5 loop, stores nothing': (provider) => bareLoop('express', provider),
    'node:http loop, stores nothing': (provider) => bareLoop('http', provider),
    'Parley, SQLite, FULL': (provider) => parley('FULL', provider),
    'Parley, SQLite, NORMAL': (provider) => parley('NORMAL', provider),
  };
  const runs = new Map<string, Run[]>(Object.keys(opponents).map((name) => [name, []]));
  for (let round = 0; round < RUNS; round += 1) {
    for (const [name, start] of Object.entries(opponents)) runs.get(name)?.push(await measure(start, round));
  }
  const express = spread((runs.get('express 5 loop, stores nothing') ?? []).map(({ perSecond }) => perSecond)).median;
  const http = spread((runs.get('node:http loop, stores nothing') ?? []).map(({ perSecond }) => perSecond)).median;
  printTable(`Message in, reply out: ${PHONES} phones, ${PHONES * EACH} messages a run, median of ${RUNS} (least–most)`, [
    ['', 'replies/s', '× express', '× node:http', 'CPU µs/message', 'p50 ms', 'p95 ms', 'p99 ms'],
    ...[...runs].map(([name, list]) => {
      const of = (pick: (run: Run) => number) => spread(list.map(pick));
      const rate = of(({ perSecond }) => perSecond);
      return [
        name,
        show(rate),
        (rate.median / express).toFixed(2),
        (rate.median / http).toFixed(2),
        show(of(({ cpuMicros }) => cpuMicros)),
        show(
          of(({ p50 }) => p50),
          1,
        ),
        show(
          of(({ p95 }) => p95),
          1,
        ),
        show(
          of(({ p99 }) => p99),
          1,
        ),
      ];
    }),
  ]);
}

async function measure(start: (provider: string) => Promise<Opponent>, round: number): Promise<Run> {
  const phones = startChild(here('./phones.js'));
  const provider = `http://127.0.0.1:${await phones.next<number>('port')}`;
  const opponent = await start(provider);
  const go = async (each: number, first: number) => {
    phones.send({ go: { webhook: opponent.webhook, appSecret: SECRET, phoneNumberId: PHONE_NUMBER_ID, phones: PHONES, each, first } });
    return phones.next<{ seconds: number; latencies: number[] }>('done');
  };
  try {
    await go(40, round * 10_000);
    const before = cpuSeconds(opponent.pid);
    const { seconds, latencies } = await go(EACH, round * 10_000 + 1_000);
    const messages = PHONES * EACH;
    return {
      perSecond: messages / seconds,
      cpuMicros: ((cpuSeconds(opponent.pid) - before) / messages) * 1e6,
      p50: percentile(latencies, 0.5),
      p95: percentile(latencies, 0.95),
      p99: percentile(latencies, 0.99),
    };
  } finally {
    await opponent.stop();
    await phones.stop('SIGKILL');
  }
}

async function bareLoop(kind: 'express' | 'http', provider: string): Promise<Opponent> {
  const child = startChild(here('./bare-loop.js'), [kind, provider, SECRET, PHONE_NUMBER_ID]);
  const port = await child.next<number>('port');
  return { pid: child.pid, webhook: `http://127.0.0.1:${port}/webhook`, stop: () => child.stop() };
}

async function parley(synchronous: 'FULL' | 'NORMAL', provider: string): Promise<Opponent> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const host = await startHost({ SQLITE_SYNCHRONOUS: synchronous, DATA_DIR: dataDir });
  const config = {
    phoneNumberId: PHONE_NUMBER_ID,
    businessAccountId: '1',
    accessToken: 'token',
    appSecret: SECRET,
    verifyToken: 'verify',
    baseUrl: provider,
    throughput: 0,
  };
  await call(host.url, 'POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'Bench', config });
  await call(host.url, 'POST', '/api/flows', COUNTING);
  await call(host.url, 'PUT', '/api/flows/count/channels', { channels: ['wa'] });
  await call(host.url, 'POST', '/api/flows/count/publish', {});
  return {
    pid: host.pid,
    webhook: `${host.url}/webhooks/wa`,
    async stop() {
      await host.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The host as a process of its own, once it is ready. */
export async function startHost(
  env: Readonly<Record<string, string>>,
): Promise<{ readonly pid: number; readonly url: string; readonly readyMillis: number; stop(): Promise<void> }> {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const started = performance.now();
  const child = startChild(here('../src/main.js'), [], {
    PORT: String(port),
    EMULATORS: 'false',
    LOG_LEVEL: 'error',
    PARLEY_ADMIN_KEY: KEY,
    MONGODB_URL: '',
    ...env,
  });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    const ready = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (ready?.status === 200) return { pid: child.pid, url, readyMillis: performance.now() - started, stop: () => child.stop() };
    if (performance.now() - started > 20_000) throw new Error('the host did not get ready');
    await new Promise((done) => setTimeout(done, 5));
  }
}

export async function call(url: string, method: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
}
