import type { SendFailure } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import type { KnownChannel } from '../published/known-channel.js';
import { livingSession } from './living-session.js';
import { personAt } from './person-at.js';

/** Why a send is taken out of the queue: its person has opted out. */
export const OPTED_OUT: SendFailure = { kind: 'blocked', code: 'send/opted-out', message: 'the person wants no messages on this platform' };

/**
 * Returns whether the person who has an address on a channel has opted out of its platform. For messages to somebody else than the contact of
 * the session, which answer nothing that this person has written.
 */
export async function hasOptedOut(store: Pick<Store, 'contacts' | 'sessions'>, known: KnownChannel, address: string): Promise<boolean> {
  const person = personAt(known, address);
  if (!person) return false;
  const owners = await store.contacts.owners(person.identities);
  for (const id of new Set(owners.values())) {
    const owner = await livingSession(store, id);
    if (owner?.state.contact.optOut[known.adapter.platform]) return true;
  }
  return false;
}
