import { adapters } from '../adapters/index.js';
import { plugins } from '../plugins/index.js';
import { type FlowEvent, type SessionState, silentLog } from '../src/contract/index.js';
import { advance } from '../src/engine/advance.js';
import type { ChannelFacts } from '../src/engine/step.js';
import { compileFlow } from '../src/flow/compile.js';
import { createNodeTypes } from '../src/flow/node-types.js';
import { createBotHost } from '../src/host/bot-host.js';
import { systemClock } from '../src/jobs/system-clock.js';
import { openStore } from '../src/store/open-store.js';
import { type ChannelBook, openChannelBook } from '../src/turn/channel-book.js';
import { listeningTriggers, matchTrigger } from '../src/turn/match-trigger.js';
import { newSession } from '../src/turn/new-session.js';
import { openProgramBook } from '../src/turn/program-book.js';
import { createTurnTaker } from '../src/turn/take-turn.js';
import { COUNTING } from './counting-flow.js';
import { printTable, type Spread, show, spread } from './figures.js';
import { handWrittenBot } from './turns-baseline.js';

const RUNS = 5;
const TURNS = 8_000;
const PEOPLE = 64;
const [whatsapp] = adapters;
const nodeTypes = createNodeTypes(plugins);
const sender = (person: string) => ({ identities: [`whatsapp:${person}`], address: person, name: 'Ada' });

/** (b) Turns in one process: the engine with its state through JSON, then with SQLite in memory, against the same talk written by hand with botbuilder. */
export async function benchTurns(): Promise<void> {
  const hand: number[] = [];
  const pure: number[] = [];
  const stored: number[] = [];
  for (let round = 0; round <= RUNS; round += 1) {
    const [a, b, c] = [await byHand(), pureTurns(), await storedTurns()];
    // The first round warms up.
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

function message(person: string, i: number): FlowEvent {
  const at = new Date(1_790_000_000_000 + i).toISOString();
  return {
    id: `wa:${i}`,
    at,
    type: 'message',
    message: { id: `w${i}`, channel: 'wa', platform: 'whatsapp', from: sender(person), type: 'text', text: `message ${i}`, sentAt: at },
  };
}

function facts(): ReadonlyMap<string, ChannelFacts> {
  if (!whatsapp) throw new Error('there is no adapter');
  return new Map([['wa', { id: 'wa', platform: 'whatsapp', limits: whatsapp.limits, variables: {} }]]);
}

function pureTurns(): number {
  const program = compileFlow(COUNTING, 1, nodeTypes);
  const online = [{ code: 'count', version: 1, channels: ['wa'], triggers: listeningTriggers(COUNTING.triggers) }];
  const programs = { get: (key: string) => (key === program.key ? program : undefined), online: () => program };
  const channels = facts();
  const states = new Map<string, string>();
  const began = performance.now();
  for (let i = 0; i < TURNS; i += 1) {
    const person = `p${i % PEOPLE}`;
    const event = message(person, i);
    const kept = states.get(person);
    const before = kept === undefined ? newSession(person, sender(person), event.at) : (JSON.parse(kept) as SessionState);
    const step = advance({
      programs,
      channels,
      session: { ...before, turn: before.turn + 1 },
      waitingEffects: 0,
      event,
      match: (one, scope) => matchTrigger(one, online, scope),
    });
    if (!('done' in step)) throw new Error('a guest in the bench');
    states.set(person, JSON.stringify(step.done.session));
  }
  return (TURNS * 1000) / (performance.now() - began);
}

async function storedTurns(): Promise<number> {
  const store = await openStore({ dataDir: '' }, silentLog);
  await store.flows.create({ definition: COUNTING, at: systemClock.now() });
  await store.flows.bind('count', ['wa'], systemClock.now());
  await store.flows.publish('count', { revision: 1, definition: COUNTING, remark: '', by: 'bench', at: systemClock.now() });
  const host = createBotHost({ log: silentLog });
  const programs = openProgramBook({ store, nodeTypes, loaded: (program) => host.registry.add(program), log: silentLog });
  await programs.refresh();
  const book = openChannelBook({ store, adapters: new Map(), log: silentLog });
  const channels: ChannelBook = { ...book, get: book.get, all: [], facts };
  const ends: Promise<unknown>[] = [];
  const takeTurn = createTurnTaker({
    store,
    programs,
    channels,
    decide: host.decide,
    clock: systemClock,
    log: silentLog,
    // What was claimed is settled, as the outbox would, without anything being sent.
    stored: (claims) => {
      for (const claim of claims) {
        const { id } = claim.effect.effect;
        ends.push(
          store.sessions.settle(systemClock.now(), claim, [{ effect: id, outcome: 'done', receipt: { ok: true, providerIds: [id] } }]),
        );
      }
    },
  });
  const perSecond = await timed(TURNS, async () => {
    for (let i = 0; i < TURNS; i += PEOPLE) {
      await Promise.all(Array.from({ length: PEOPLE }, (_, person) => takeTurn(`p${person}`, message(`p${person}`, i + person))));
    }
    await Promise.all(ends);
  });
  await store.close();
  return perSecond;
}
