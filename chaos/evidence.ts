import type { TurnRecord } from '../src/contract/host/index.js';
import { readableText } from '../src/contract/index.js';
import type { Store } from '../src/contract/store/index.js';
import type { Evidence, Send } from './count.js';
import type { Person } from './person.js';
import type { Provider } from './provider.js';
import type { TakenSend } from './send-book.js';

const ALL_TURNS = 100_000;

/** Gathers the evidence about all people once their hosts have ended. `waiting`: how many effects are still waiting. */
export async function gatherEvidence(
  store: Store,
  { people, provider }: { readonly people: readonly Person[]; readonly provider: Pick<Provider, 'sendsTo'> },
): Promise<{ readonly evidence: readonly Evidence[]; readonly waiting: number }> {
  const evidence: Evidence[] = [];
  let waiting = 0;
  for (const { address, identities, said } of people) {
    const contacts = await contactsOf(store, identities);
    const logs = await Promise.all(contacts.map((one) => store.turns.list(one, { limit: ALL_TURNS })));
    for (const one of contacts) waiting += (await store.sessions.load(one))?.effects.length ?? 0;
    evidence.push({
      name: address,
      said,
      sends: await withSettlements(store, provider.sendsTo(address)),
      logs: logs.map((turns) => turns.map(({ turn, event }) => ({ turn, event: event.id }))),
      failed: await failedIn(store, logs.flat()),
    });
  }
  return { evidence, waiting };
}

/**
 * Notes which sends a host has settled, of those that were made several times. Without receipts that name the effect, only a settlement
 * can have told the store which effect a message belongs to.
 */
async function withSettlements({ deliveries }: Store, sends: readonly TakenSend[]): Promise<readonly Send[]> {
  const counts = new Map<string, number>();
  for (const { effect } of sends) counts.set(effect, (counts.get(effect) ?? 0) + 1);
  return Promise.all(
    sends.map(async (send) => {
      if (counts.get(send.effect) === 1 || send.hasReceipts) return send;
      return { ...send, isSettled: (await deliveries.effectOf(send.channel, send.id)) !== undefined };
    }),
  );
}

/** Returns the contacts of a person, those that were merged into another one included. */
async function contactsOf(store: Store, identities: readonly string[]): Promise<readonly string[]> {
  const owners = new Set((await store.contacts.owners(identities)).values());
  const all = await Promise.all([...owners].map((one) => store.sessions.samePerson(one)));
  return [...new Set(all.flat())];
}

async function failedIn({ deliveries }: Store, turns: readonly TurnRecord[]): Promise<readonly string[]> {
  const effects = turns.flatMap((turn) => turn.effects);
  const states = await deliveries.of(effects.map(({ id }) => id));
  return effects.flatMap(({ id, body }) =>
    body.kind === 'send' && states.get(id)?.status === 'failed' ? [readableText(body.message)] : [],
  );
}
