import type { Evidence, Turn } from './count.js';
import type { Person } from './people.js';
import type { Provider } from './provider.js';

/** Asks a host's API. */
export type Ask = (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<unknown>;

/** Everything that is known of the people, once nothing is on its way to them any more, or time is up. */
export async function gatherEvidence(
  ask: Ask,
  { people, provider, until }: { readonly people: readonly Person[]; readonly provider: Provider; readonly until: number },
): Promise<{ readonly evidence: readonly Evidence[]; readonly waiting: number }> {
  const evidence: Evidence[] = [];
  let waiting = 0;
  for (const person of people) {
    const { address, identity, said } = person;
    const session = await sessionOf(ask, identity);
    let messages = await messagesOf(ask, session);
    while (messages.some(isQueued) && Date.now() < until) {
      await new Promise((done) => setTimeout(done, LOOK));
      messages = await messagesOf(ask, session);
    }
    waiting += messages.filter(isQueued).length;
    const failed = messages.filter(({ direction, status }) => direction === 'out' && status === 'failed').map(({ text }) => text);
    const turns = await turnsOf(ask, session);
    evidence.push({ name: address, said, sends: provider.sendsTo(address), turns, failed });
  }
  return { evidence, waiting };
}

const LOOK = 1_000;

interface Message {
  readonly direction: 'in' | 'out';
  readonly text: string;
  readonly status: string;
}

function isQueued({ direction, status }: Message): boolean {
  return direction === 'out' && status === 'queued';
}

async function sessionOf(ask: Ask, identity: string): Promise<string | undefined> {
  const { items } = (await ask('GET', `/api/contacts?identity=${encodeURIComponent(identity)}`)) as {
    readonly items: readonly { readonly id: string }[];
  };
  return items[0]?.id;
}

async function messagesOf(ask: Ask, session: string | undefined): Promise<readonly Message[]> {
  return session === undefined ? [] : ((await pagesOf(ask, `/api/sessions/${session}/messages`)) as readonly Message[]);
}

async function turnsOf(ask: Ask, session: string | undefined): Promise<readonly Turn[]> {
  if (session === undefined) return [];
  const turns = (await pagesOf(ask, `/api/sessions/${session}/turns`)) as readonly { turn: number; event: { id: string } }[];
  return turns.map(({ turn, event }) => ({ turn, event: event.id }));
}

async function pagesOf(ask: Ask, path: string): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for (let cursor = ''; ; ) {
    const page = (await ask('GET', `${path}?limit=200${cursor}`)) as { readonly items: readonly unknown[]; readonly next?: string };
    all.push(...page.items);
    if (page.next === undefined) return all;
    cursor = `&cursor=${page.next}`;
  }
}
