import type { Clock, Store } from '../contract/index.js';

interface ForgetParts {
  readonly store: Pick<Store, 'sessions' | 'contacts' | 'turns' | 'deliveries' | 'starts' | 'scrub'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Makes all of a person go: records, identities, turns, deliveries and starts, of the contact and of those that were merged into it.
 * The records are first: with them the person is gone on every host, a turn or a send under way ends in nothing, and a message that
 * comes from then on begins a new contact. What is left is rows that nobody can reach, and is removed by whoever asks again after a
 * crash (or by retention, in the end).
 */
export async function forgetPerson({ store, clock }: ForgetParts, contact: string): Promise<'forgotten' | 'unknown'> {
  const everybody = await store.sessions.samePerson(contact);
  for (const one of everybody) await store.sessions.forget(one, clock.now());
  for (const one of everybody) {
    await store.contacts.forget(one);
    await Promise.all([store.turns.forget(one), store.deliveries.forget(one), store.starts.forget(one)]);
  }
  await store.scrub?.();
  return everybody.length > 0 ? 'forgotten' : 'unknown';
}
