import type { FlowDefinition } from '../src/contract/index.js';
import { cpuSeconds, startChild } from './child.js';
import { printTable, show, spread } from './figures.js';
import { bareLoop, KEY, type Opponent, parley } from './host.js';
import { MONGODB_URL, ownDatabase } from './mongo.js';

const SIZE = 1_000;
const BATCHES = 6;
const WARM_UP = 2;
const AT_ONCE = 2;
const RUNS = 3;
const here = (file: string) => new URL(file, import.meta.url).pathname;

/** The flow of a campaign: it fills a template with the data of the start, and ends. */
const SHIPPED: FlowDefinition = {
  format: 'parley/1',
  code: 'shipped',
  name: 'Shipped',
  triggers: [{ type: 'TriggeredManually' }],
  variables: [{ name: 'order', type: 'text', input: true, required: true }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    {
      id: 'tell',
      type: 'send-whatsapp-message',
      version: 1,
      params: {
        action: 'reply',
        message: { type: 'template', name: 'shipped', language: 'en', body: ['{{ customerName }}', '{{ order }}'] },
      },
    },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'tell' },
    { from: 'tell', port: 'next', to: 'end' },
  ],
};

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
  const campaign = startChild(here('./campaign.js'));
  const provider = `http://127.0.0.1:${await campaign.next<number>('port')}`;
  const opponent = await start(provider);
  const go = async (batches: number, first: number) => {
    campaign.send({ go: { trigger: opponent.trigger, key: KEY, batches, size: SIZE, atOnce: AT_ONCE, first } });
    return campaign.next<{ answered: number; sent: number }>('done');
  };
  try {
    await go(WARM_UP, 0);
    const before = cpuSeconds(opponent.pid);
    const { answered, sent } = await go(BATCHES, WARM_UP * SIZE);
    const starts = BATCHES * SIZE;
    return { answered: starts / answered, sent: starts / sent, cpuMicros: ((cpuSeconds(opponent.pid) - before) / starts) * 1e6 };
  } finally {
    await opponent.stop();
    await campaign.stop('SIGKILL');
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
