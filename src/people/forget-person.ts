import type { Clock } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';

interface ForgetParts {
  readonly store: Pick<Store, 'sessions' | 'contacts' | 'turns' | 'deliveries' | 'starts' | 'media' | 'scrub'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Forgets a person: deletes records, identities, turns, deliveries and starts of the contact and of those that were merged into it.
 * The records go first. Without them the person is gone on every host, a turn or a send under way cannot be stored, and a later message
 * begins a new contact. If the host crashes after that, only unreachable rows are left, which a repeat or retention removes.
 */
export async function forgetPerson({ store, clock }: ForgetParts, contact: string): Promise<'forgotten' | 'unknown'> {
  const everybody = await store.sessions.samePerson(contact);
  for (const one of everybody) await store.sessions.forget(one, clock.now());
  for (const one of everybody) {
    await store.contacts.forget(one);
    await Promise.all([store.turns.forget(one), store.deliveries.forget(one), store.starts.forget(one), store.media.forget(one)]);
  }
  await store.scrub?.();
  return everybody.length > 0 ? 'forgotten' : 'unknown';
}
