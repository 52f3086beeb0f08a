import { cpuSeconds, startChild } from './child.js';
import { COUNTING } from './counting-flow.js';
import { percentile, printTable, show, spread } from './figures.js';
import { bareLoop, type Opponent, PHONE_NUMBER_ID, parley, SECRET } from './host.js';

const PHONES = 64;
const EACH = 150;
const RUNS = 3;
const here = (file: string) => new URL(file, import.meta.url).pathname;

interface Run {
  readonly perSecond: number;
  readonly cpuMicros: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}
/**
 * (a) Measures messages and replies over HTTP, with everything stored, against loops that store nothing. The host or loop is one process, the
 * phones and the provider are another. Rounds are interleaved, so that other work of the machine affects all of them alike.
 */
export async function benchMessages(): Promise<void> {
  const opponents: Readonly<Record<string, (provider: string) => Promise<Opponent>>> = {
    'express 5 loop, stores nothing': (provider) => bareLoop('express', provider),
    'node:http loop, stores nothing': (provider) => bareLoop('http', provider),
    'Parley, SQLite, FULL': (provider) => parley({ SQLITE_SYNCHRONOUS: 'FULL' }, COUNTING, provider),
    'Parley, SQLite, NORMAL': (provider) => parley({ SQLITE_SYNCHRONOUS: 'NORMAL' }, COUNTING, provider),
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
