import type { FlowDefinition } from '../src/contract/index.js';
import type { Said } from './count.js';
import type { Person } from './person.js';
import { CHANNELS, type Provider } from './provider.js';
import type { Chance } from './random.js';

/** A burst of starts: a flow is started once with each of many people, in batches, while hosts are killed. */
export interface Burst {
  readonly all: readonly Person[];
  /** Resolves when every batch was accepted, or when there is no more time. */
  ended(): Promise<void>;
}

const CODE = 'chaos-burst';
const FIRST = 491_530_000_000;
const SIZE = 100;
/** The time between two batches, and before a batch that was not accepted is sent again, in milliseconds. */
const PAUSE = { min: 20, max: 600 } as const;
const AGAIN_AFTER = 300;
/** Batches that are accepted are sent again so often, as a system does that has lost the answer. */
const TWICE = 0.1;
/** How long a batch may take, in milliseconds. A host that is killed breaks the connection; one that is paused does not answer. */
const MAX_ANSWER = 60_000;

/** The flow of a burst. */
export const BURST: FlowDefinition = flowWithTemplate(CODE);

/** Creates a flow that is started for somebody. The person has not written, so only a template may be sent. */
export function flowWithTemplate(code: string): FlowDefinition {
  return {
    format: 'parley/1',
    code,
    name: 'Chaos, template',
    triggers: [{ type: 'TriggeredManually' }],
    variables: [{ name: 'order', type: 'text', input: true, required: true }],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      {
        id: 'tell',
        type: 'send-whatsapp-message',
        version: 1,
        params: { action: 'reply', message: { type: 'template', name: 'shipped', language: 'en', body: ['{{ order }}'] } },
      },
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'tell' },
      { from: 'tell', port: 'next', to: 'end' },
    ],
  };
}

interface Started extends Person {
  readonly said: Said[];
  readonly start: object;
  readonly uuid: string;
  readonly order: string;
}

/** Starts everybody in batches, each at any of the hosts and again until one has accepted it. `isOver` returns true when there is no more time. */
export function startBurst(how: {
  readonly count: number;
  readonly hosts: readonly string[];
  readonly key: string;
  readonly provider: Pick<Provider, 'listen'>;
  readonly chance: Chance;
  readonly isOver: () => boolean;
}): Burst {
  const { count, provider } = how;
  const all = Array.from({ length: count }, (_, i) => started(i, provider));
  const ending = postAll(all, how);
  return { all, ended: () => ending };
}

function started(i: number, provider: Pick<Provider, 'listen'>): Started {
  const address = String(FIRST + i);
  const order = `order ${i}`;
  const uuid = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
  const identity = `whatsapp:${address}`;
  let isReached = false;
  provider.listen(address, () => {
    isReached = true;
  });
  return {
    address,
    identities: [identity],
    said: [],
    get missing() {
      return this.said.length > 0 && !isReached ? 1 : 0;
    },
    start: { contact: { identity, name: 'Somebody' }, channel: CHANNELS.whatsapp, data: { order }, uuid },
    uuid,
    order,
  };
}

async function postAll(
  all: readonly Started[],
  {
    hosts,
    key,
    chance,
    isOver,
  }: { readonly hosts: readonly string[]; readonly key: string; readonly chance: Chance; readonly isOver: () => boolean },
): Promise<void> {
  for (let from = 0; from < all.length && !isOver(); from += SIZE) {
    const batch = all.slice(from, from + SIZE);
    const times = chance.happens(TWICE) ? 2 : 1;
    for (let accepted = 0; accepted < times && !isOver(); ) {
      if (await post({ host: chance.oneOf(hosts), key }, batch)) accepted += 1;
      else await pause(AGAIN_AFTER);
    }
    await pause(chance.between(PAUSE.min, PAUSE.max));
  }
}

/** Sends a batch, and marks the people who were started. Returns false if it was not accepted as a whole. */
async function post({ host, key }: { readonly host: string; readonly key: string }, batch: readonly Started[]): Promise<boolean> {
  const answer = await fetch(`${host}/api/flows/${CODE}/trigger`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ starts: batch.map(({ start }) => start) }),
    signal: AbortSignal.timeout(MAX_ANSWER),
  })
    .then(async (response) => (response.ok ? ((await response.json()) as { readonly results: readonly Result[] }) : undefined))
    .catch(() => undefined);
  if (!answer) return false;
  for (const [i, { status, runId }] of answer.results.entries()) {
    const one = batch[i];
    if (one && status === 'started' && one.said.length === 0)
      one.said.push({ event: `start:${CODE}:${one.uuid}:${runId}`, text: one.order, replies: [one.order], accepted: true });
  }
  return answer.results.every(({ status }) => status === 'started');
}

interface Result {
  readonly status: unknown;
  readonly runId?: string;
}

function pause(millis: number): Promise<void> {
  return new Promise((done) => setTimeout(done, millis));
}
