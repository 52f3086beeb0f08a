import { silentLog } from '../src/contract/host/index.js';
import type { FlowDefinition } from '../src/contract/index.js';
import { openStore } from '../src/store/open-store.js';
import { COUNTING } from './counting-flow.js';
import { printTable, type Spread, show, spread } from './figures.js';
import { ORDERS } from './order-flow.js';
import { openPureWorld, openTurnWorld } from './turn-world.js';
import { countingBot, type HandWritten, ordersBot } from './turns-baseline.js';

const RUNS = 5;
const TURNS = 8_000;
const PEOPLE = 64;

/** A conversation as a flow and written by hand. */
interface Conversation {
  readonly name: string;
  readonly flow: FlowDefinition;
  readonly byHand: () => HandWritten;
}

const CONVERSATIONS: readonly Conversation[] = [
  { name: 'counting', flow: COUNTING, byHand: countingBot },
  { name: 'conditions, dates, filters, a list', flow: ORDERS, byHand: ordersBot },
];

/** (b) Measures turns in one process: the engine with its state as JSON, then with SQLite in memory, against the same conversation in botbuilder. */
export async function benchTurns(): Promise<void> {
  for (const conversation of CONVERSATIONS) await compare(conversation);
}

async function compare({ name, flow, byHand }: Conversation): Promise<void> {
  const hand: number[] = [];
  const pure: number[] = [];
  const stored: number[] = [];
  for (let round = 0; round <= RUNS; round += 1) {
    const [a, b, c] = [await handTurns(byHand()), await pureTurns(flow), await storedTurns(flow)];
    // The first round is a warm-up.
    if (round === 0) continue;
    hand.push(a);
    pure.push(b);
    stored.push(c);
  }
  const base = spread(hand).median;
  const row = (way: string, figures: Spread) => [way, show(figures), (figures.median / base).toFixed(1), (1e6 / figures.median).toFixed(1)];
  printTable(`Turns in one process, ${name}: ${TURNS} turns a run, median of ${RUNS} (least–most)`, [
    ['', 'turns a second of CPU', '× by hand', 'CPU µs/turn'],
    row("botbuilder's DialogSet and MemoryStorage, by hand", spread(hand)),
    row('Parley, state through JSON, no store (aim: at least 8 ×)', spread(pure)),
    row('Parley, SQLite in memory (aim: at least 3 ×)', spread(stored)),
  ]);
}

/** Returns the turns in a second of CPU, which depends less on other work of the machine than the time does. */
async function timed(run: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (TURNS * 1e6) / (user + system);
}

function handTurns(bot: HandWritten): Promise<number> {
  return timed(async () => {
    for (let i = 0; i < TURNS; i += 1) await bot.say(`p${i % PEOPLE}`, `message ${i}`);
  });
}

function pureTurns(flow: FlowDefinition): Promise<number> {
  const world = openPureWorld(flow);
  return timed(() => {
    for (let i = 0; i < TURNS; i += 1) world.say(`p${i % PEOPLE}`, i);
  });
}

async function storedTurns(flow: FlowDefinition): Promise<number> {
  const store = await openStore({ dataDir: '' }, silentLog);
  const world = await openTurnWorld(store, flow);
  const perSecond = await timed(async () => {
    for (let i = 0; i < TURNS; i += PEOPLE) {
      await Promise.all(Array.from({ length: PEOPLE }, (_, person) => world.say(`p${person}`, i + person)));
    }
    await world.settled();
  });
  await store.close();
  return perSecond;
}
