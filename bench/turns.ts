import { silentLog } from '../src/contract/host/index.js';
import { openStore } from '../src/store/open-store.js';
import { COUNTING } from './counting-flow.js';
import { printTable, type Spread, show, spread } from './figures.js';
import { openPureWorld, openTurnWorld } from './turn-world.js';
import { handWrittenBot } from './turns-baseline.js';

const RUNS = 5;
const TURNS = 8_000;
const PEOPLE = 64;

/** (b) Measures turns in one process: the engine with its state as JSON, then with SQLite in memory, against the same conversation in botbuilder. */
export async function benchTurns(): Promise<void> {
  const hand: number[] = [];
  const pure: number[] = [];
  const stored: number[] = [];
  for (let round = 0; round <= RUNS; round += 1) {
    const [a, b, c] = [await byHand(), await pureTurns(), await storedTurns()];
    // The first round is a warm-up.
    if (round === 0) continue;
    hand.push(a);
    pure.push(b);
    stored.push(c);
  }
  const base = spread(hand).median;
  const row = (name: string, figures: Spread) => [
    name,
    show(figures),
    (figures.median / base).toFixed(1),
    (1e6 / figures.median).toFixed(1),
  ];
  printTable(`Turns in one process: ${TURNS} turns a run, median of ${RUNS} (least–most)`, [
    ['', 'turns/s', '× by hand', 'µs/turn'],
    row("botbuilder's DialogSet and MemoryStorage, by hand", spread(hand)),
    row('Parley, state through JSON, no store', spread(pure)),
    row('Parley, SQLite in memory', spread(stored)),
  ]);
}

async function timed(turns: number, run: () => Promise<void> | void): Promise<number> {
  const began = performance.now();
  await run();
  return (turns * 1000) / (performance.now() - began);
}

function byHand(): Promise<number> {
  const bot = handWrittenBot();
  return timed(TURNS, async () => {
    for (let i = 0; i < TURNS; i += 1) await bot.say(`p${i % PEOPLE}`, `message ${i}`);
  });
}

function pureTurns(): Promise<number> {
  const world = openPureWorld(COUNTING);
  return timed(TURNS, () => {
    for (let i = 0; i < TURNS; i += 1) world.say(`p${i % PEOPLE}`, i);
  });
}

async function storedTurns(): Promise<number> {
  const store = await openStore({ dataDir: '' }, silentLog);
  const world = await openTurnWorld(store, COUNTING);
  const perSecond = await timed(TURNS, async () => {
    for (let i = 0; i < TURNS; i += PEOPLE) {
      await Promise.all(Array.from({ length: PEOPLE }, (_, person) => world.say(`p${person}`, i + person)));
    }
    await world.settled();
  });
  await store.close();
  return perSecond;
}
