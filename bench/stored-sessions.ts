import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../src/contract/host/index.js';
import type { Store } from '../src/contract/store/index.js';
import { openStore } from '../src/store/open-store.js';
import { COUNTING } from './counting-flow.js';
import { printTable, show, spread } from './figures.js';
import { MONGODB_URL, ownDatabase } from './mongo.js';
import type { Options } from './options.js';
import { openTurnWorld, type TurnWorld } from './turn-world.js';

const FEW = 1_000;
const MANY = 100_000;
const RUNS = 5;
/** The number of people who write at the same time. */
const AT_ONCE = 64;
/** The number of sessions that are created at the same time while a store is filled. */
const FILLED_AT_ONCE = 1_000;

/** A store to be measured, and its goal. */
interface Kind {
  readonly name: string;
  readonly aim: number;
  /** The number of turns in a run. */
  readonly turns: number;
  open(): Promise<Kept>;
}
interface Kept {
  readonly store: Store;
  /** Closes the store and removes its data. */
  drop(): Promise<void>;
}

const SQLITE: Kind = {
  name: 'SQLite in a file, FULL',
  aim: 0.7,
  turns: 6_400,
  async open() {
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
    const store = await openStore({ dataDir, synchronous: 'FULL' }, silentLog);
    return {
      store,
      async drop() {
        await store.close();
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  },
};
const MONGO: Kind = {
  name: 'MongoDB',
  aim: 0.9,
  turns: 1_280,
  async open() {
    const own = ownDatabase();
    const store = await openStore({ mongodbUrl: own.url, dataDir: '' }, silentLog);
    return {
      store,
      async drop() {
        await store.close();
        await own.drop();
      },
    };
  },
};

/**
 * (f) Measures messages of random people out of a hundred thousand, against a thousand. Both stores are filled by real turns and are open side
 * by side; claims are settled, and nothing is sent.
 */
export async function benchStoredSessions({ sessions = MANY, limit }: Options): Promise<void> {
  const kinds = MONGODB_URL === '' ? [SQLITE] : [SQLITE, MONGO];
  const rows: string[][] = [];
  for (const kind of kinds) rows.push(await measure(kind, sessions, limit));
  printTable(`Turns of random people, out of ${sessions} stored sessions and out of ${FEW}: median of ${RUNS} (least–most)`, [
    ['', `turns/s, ${FEW} sessions`, `turns/s, ${sessions} sessions`, '×', 'aim', 'filled in s'],
    ...rows,
  ]);
  if (MONGODB_URL === '')
    process.stdout.write('\nNot measured on MongoDB, as MONGODB_URL is not set: the embedded store cannot show what a server does.\n');
}

async function measure({ name, aim, turns, open }: Kind, sessions: number, limit: number): Promise<string[]> {
  const [few, many] = [await open(), await open()];
  try {
    const small = await filled(few.store, FEW, limit);
    const began = performance.now();
    const large = await filled(many.store, sessions, limit);
    const seconds = (performance.now() - began) / 1_000;
    // The first round is a warm-up.
    await small(turns);
    await large(turns);
    const perSecond = { few: [] as number[], many: [] as number[] };
    for (let round = 0; round < RUNS; round += 1) {
      // The order changes from round to round.
      if (round % 2 === 0) perSecond.few.push(await small(turns));
      perSecond.many.push(await large(turns));
      if (round % 2 === 1) perSecond.few.push(await small(turns));
    }
    const ratios = perSecond.many.map((one, round) => one / (perSecond.few[round] ?? one));
    return [
      name,
      show(spread(perSecond.few)),
      show(spread(perSecond.many)),
      show(spread(ratios), 2),
      `at least ${aim}`,
      seconds.toFixed(0),
    ];
  } finally {
    await few.drop();
    await many.drop();
  }
}

/**
 * Lets everybody write once. Returns a function that takes turns of random people and returns the turns per second.
 *
 * @throws if it takes longer than the limit, in seconds.
 */
async function filled(store: Store, people: number, limit: number): Promise<(turns: number) => Promise<number>> {
  const world = await openTurnWorld(store, COUNTING);
  let said = 0;
  const until = performance.now() + limit * 1_000;
  for (; said < people; said += FILLED_AT_ONCE) {
    if (performance.now() > until) throw new Error(`only ${said} of ${people} sessions were stored within ${limit} s`);
    await together(world, said, FILLED_AT_ONCE, (k) => said + k);
  }
  const random = numbers(people);
  return async (turns) => {
    const began = performance.now();
    const until = said + turns;
    for (; said < until; said += AT_ONCE) await together(world, said, AT_ONCE, random);
    return (turns * 1_000) / (performance.now() - began);
  };
}

async function together(world: TurnWorld, from: number, count: number, who: (k: number) => number): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, k) => world.hear(String(4_915_000_000_000 + who(k)), from + k)));
  const sent = await world.settled();
  if (sent !== count) throw new Error(`${count} messages were answered by ${sent}`);
}

/** Creates a generator of numbers below `end`, the same in every run (mulberry32). */
function numbers(end: number): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
}
