import { silentLog } from '../src/contract/host/index.js';
import type { Edge, FlowDefinition, FlowNode } from '../src/contract/index.js';
import { openStore } from '../src/store/open-store.js';
import { printTable, show, spread } from './figures.js';
import { openPureWorld, openTurnWorld } from './turn-world.js';

const SMALL = 10;
const LARGE = 1_000;
const RUNS = 7;
const TURNS = 6_400;
const PEOPLE = 64;

/** A conversation. `turns` returns the microseconds of each turn. */
interface Talk {
  turns(): Promise<number>;
  close(): Promise<void>;
}

/**
 * (e) Compares a turn in a flow of a thousand nodes with one in a flow of ten. Every turn does the same work at another node: people go round a
 * ring of nodes, and are spread all over it.
 */
export async function benchFlowSize(): Promise<void> {
  const ways: readonly (readonly [string, (nodes: number) => Promise<Talk>])[] = [
    ['the engine, state through JSON', pureTalk],
    ['with SQLite in memory', storedTalk],
  ];
  const rows: string[][] = [];
  for (const [name, open] of ways) {
    const [small, large] = [await open(SMALL), await open(LARGE)];
    const micros = { small: [] as number[], large: [] as number[] };
    for (let round = 0; round < RUNS; round += 1) {
      // The order changes from round to round.
      if (round % 2 === 0) micros.small.push(await small.turns());
      micros.large.push(await large.turns());
      if (round % 2 === 1) micros.small.push(await small.turns());
    }
    await small.close();
    await large.close();
    const ratios = micros.large.map((one, round) => one / (micros.small[round] ?? one));
    rows.push([name, show(spread(micros.small), 1), show(spread(micros.large), 1), show(spread(ratios), 2)]);
  }
  printTable(`A turn in a large flow: ${TURNS} turns a run, median of ${RUNS} (least–most)`, [
    ['', `µs/turn, ${SMALL} nodes`, `µs/turn, ${LARGE} nodes`, '× (aim: at most 1.1)'],
    ...rows,
  ]);
}

async function pureTalk(nodes: number): Promise<Talk> {
  const { say } = openPureWorld(ring(nodes));
  return talk(async (people, i) => {
    for (const [k, person] of people.entries()) say(person, i + k);
  });
}

async function storedTalk(nodes: number): Promise<Talk> {
  const store = await openStore({ dataDir: '' }, silentLog);
  const world = await openTurnWorld(store, ring(nodes));
  const begun = await talk(async (people, i) => {
    await Promise.all(people.map((person, k) => world.say(person, i + k)));
    await world.settled();
  });
  return { ...begun, close: () => store.close() };
}

/** Spreads people over the ring, so that every node has been visited before the measurement. */
async function talk(speak: (people: readonly string[], i: number) => Promise<void>): Promise<Talk> {
  const people = Array.from({ length: PEOPLE }, (_, k) => `p${k}`);
  let said = 0;
  const speakAll = async (some: readonly string[]) => {
    await speak(some, said);
    said += some.length;
  };
  // The last person goes all the way round. The ring of ten has as many turns behind it.
  const longest = groupsOf(LARGE);
  for (let lap = 0; lap <= longest; lap += 1) await speakAll(people.filter((_, k) => lap <= Math.ceil((longest * (k + 1)) / PEOPLE)));
  return {
    async turns() {
      const began = performance.now();
      for (let i = 0; i < TURNS; i += PEOPLE) await speakAll(people);
      return ((performance.now() - began) * 1_000) / TURNS;
    },
    close: async () => {},
  };
}

function groupsOf(nodes: number): number {
  return (nodes - 1) / 3;
}

/** Nodes that wait for a message, count, answer, and lead to the next place. */
function ring(nodes: number): FlowDefinition {
  const groups = groupsOf(nodes);
  const places = Array.from({ length: groups }, (_, k) => k);
  return {
    format: 'parley/1',
    code: `ring-${nodes}`,
    name: 'Ring',
    triggers: [{ type: 'TriggeredManually' }, { type: 'TriggeredByWhatsApp' }],
    variables: [{ name: 'n', type: 'number', default: 0 }],
    nodes: [{ id: 'start', type: 'start', version: 1, params: {} }, ...places.flatMap(placeNodes)],
    edges: [{ from: 'start', port: 'next', to: 'listen-0' }, ...places.flatMap((k) => placeEdges(k, (k + 1) % groups))],
  };
}

function placeNodes(k: number): readonly FlowNode[] {
  const message = { type: 'text', text: `{{ n }} at ${k}: {{ answer }}` };
  return [
    { id: `listen-${k}`, type: 'wait-for-response', version: 1, params: { timeout: { value: 1, unit: 'days' }, saveAs: 'answer' } },
    { id: `add-${k}`, type: 'set-variables', version: 1, params: { set: [{ name: 'n', value: '{{ n | plus: 1 }}' }] } },
    { id: `tell-${k}`, type: 'send-whatsapp-message', version: 1, params: { action: 'reply', message } },
  ];
}

function placeEdges(k: number, next: number): readonly Edge[] {
  return [
    { from: `listen-${k}`, port: 'replied', to: `add-${k}` },
    { from: `add-${k}`, port: 'next', to: `tell-${k}` },
    { from: `tell-${k}`, port: 'next', to: `listen-${next}` },
  ];
}
