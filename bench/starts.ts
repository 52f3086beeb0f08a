import { cpuSeconds, startChild } from './child.js';
import { printTable, show, spread } from './figures.js';
import { bareLoop, KEY, type Opponent, PHONE_NUMBER_ID, parley, SECRET } from './host.js';
import { MONGODB_URL, ownDatabase } from './mongo.js';
import { runCrowd } from './run-crowd.js';
import { SHIPPED } from './shipped-flow.js';

const SIZE = 1_000;
const BATCHES = 6;
const WARM_UP = 2;
const AT_ONCE = 2;
const RUNS = 3;
/** Most time of a run, in seconds. */
const LIMIT = 120;
const here = (file: string) => new URL(file, import.meta.url).pathname;

interface Run {
  readonly answered: number;
  readonly sent: number;
  readonly cpuMicros: number;
}

/**
 * (d) Measures starts through the trigger endpoint in batches of a thousand, until the provider has the last message, against loops that store
 * nothing. The host or loop is one process, the campaign and the provider are another; rounds are interleaved.
 */
export async function benchStarts(): Promise<void> {
  const express = 'express 5 loop, stores nothing';
  const opponents: Readonly<Record<string, (provider: string) => Promise<Opponent>>> = {
    [express]: (provider) => bareLoop('express', provider),
    'node:http loop, stores nothing': (provider) => bareLoop('http', provider),
    'Parley, SQLite, FULL': (provider) => parley({ SQLITE_SYNCHRONOUS: 'FULL' }, SHIPPED, provider),
    ...(MONGODB_URL === '' ? {} : { 'Parley, MongoDB': onMongo }),
  };
  const runs = new Map<string, Run[]>(Object.keys(opponents).map((name) => [name, []]));
  for (let round = 0; round < RUNS; round += 1) {
    for (const [name, start] of Object.entries(opponents)) runs.get(name)?.push(await measure(start));
  }
  const base = spread((runs.get(express) ?? []).map(({ sent }) => sent)).median;
  printTable(`Starts to sent messages: ${BATCHES} batches of ${SIZE} a run, ${AT_ONCE} under way, median of ${RUNS} (least–most)`, [
    ['', 'starts/s, sent', '× express', 'starts/s, answered', 'CPU µs/start'],
    ...[...runs].map(([name, list]) => {
      const of = (pick: (run: Run) => number) => spread(list.map(pick));
      const sent = of((run) => run.sent);
      return [name, show(sent), (sent.median / base).toFixed(2), show(of((run) => run.answered)), show(of((run) => run.cpuMicros))];
    }),
  ]);
  if (MONGODB_URL === '') process.stdout.write('\nNot measured on MongoDB, as MONGODB_URL is not set.\n');
}

async function measure(start: (provider: string) => Promise<Opponent>): Promise<Run> {
  const crowd = startChild(here('./crowd.js'));
  const provider = `http://127.0.0.1:${await crowd.next<number>('port')}`;
  const { pid, webhook, trigger, stop } = await start(provider);
  const talk = { webhook, appSecret: SECRET, phoneNumberId: PHONE_NUMBER_ID, perSecond: 0 };
  const go = async (batches: number, first: number) => {
    const starts = { trigger, key: KEY, count: batches * SIZE, size: SIZE, atOnce: AT_ONCE, first, data: {} };
    const seen = await runCrowd(crowd, { starts, talk }, ({ reached, seconds }) => reached === starts.count || seconds > LIMIT);
    if (seen.reached < starts.count) throw new Error(`${seen.reached} of ${starts.count} starts were sent in ${LIMIT} s: ${seen.failure}`);
    return seen;
  };
  try {
    await go(WARM_UP, 0);
    const before = cpuSeconds(pid);
    const { answeredAfter, reachedAfter } = await go(BATCHES, WARM_UP * SIZE);
    const count = BATCHES * SIZE;
    return { answered: count / answeredAfter, sent: count / reachedAfter, cpuMicros: ((cpuSeconds(pid) - before) / count) * 1e6 };
  } finally {
    await stop();
    await crowd.stop('SIGKILL');
  }
}

async function onMongo(provider: string): Promise<Opponent> {
  const own = ownDatabase();
  const host = await parley({ MONGODB_URL: own.url }, SHIPPED, provider);
  return {
    ...host,
    async stop() {
      await host.stop();
      await own.drop();
    },
  };
}
