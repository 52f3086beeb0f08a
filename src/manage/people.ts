import type { ContactFilter } from '../contract/contact-filter.js';
import type { Refusal } from '../contract/host/index.js';
import type { Clock } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import { forgetPerson } from '../people/forget-person.js';
import { judgeIdentity, storedIdentity } from '../people/judge-identity.js';
import { livingSession } from '../people/living-session.js';
import type { Caller } from './caller.js';
import { type ContactView, showContact } from './contact-view.js';
import { findContacts, isFound } from './find-contacts.js';
import type { Outcome } from './outcome.js';
import { mapPage, type Page, type PageRequest } from './page.js';

export interface PeopleParts {
  readonly store: Pick<Store, 'sessions' | 'contacts' | 'turns' | 'deliveries' | 'starts' | 'media' | 'scrub'>;
  readonly clock: Pick<Clock, 'now'>;
}
interface Named {
  readonly id: string;
}
interface ContactQuery extends PageRequest, ContactFilter {
  readonly identity?: string;
}

/** Lists contacts; with an identity, the contact that has it, if there is one. An identity that is not valid is refused. */
export async function listContacts(
  parts: PeopleParts,
  _caller: Caller,
  { identity, ...query }: ContactQuery,
): Promise<Outcome<Page<ContactView>>> {
  if (identity === undefined) return { done: mapPage(await findContacts(parts, query), ({ state }) => showContact(state.contact)) };
  const owner = await parts.store.contacts.find(storedIdentity(identity));
  if (owner === undefined) return noContact(identity);
  const found = await livingSession(parts.store, owner);
  const isMeant = found && isFound(found.state.contact, query) && (query.after === undefined || found.state.id > query.after);
  return { done: { items: isMeant ? [showContact(found.state.contact)] : [] } };
}

function noContact(identity: string): Outcome<Page<never>> {
  const problem = judgeIdentity(identity, '/identity');
  if (!problem) return { done: { items: [] } };
  return { refused: 'contact/bad-number', detail: `The identity is not valid: ${problem.message}.`, problems: [problem] };
}

/** Reads one contact; of one that was merged into another, that other one. */
export async function readContact({ store }: PeopleParts, _caller: Caller, { id }: Named): Promise<Outcome<ContactView>> {
  const found = await livingSession(store, id);
  return found ? { done: showContact(found.state.contact) } : unknownContact(id);
}

/** Forgets a person: deletes record, messages, turns and identities on all platforms. The entry in the audit log names only their id. */
export async function forgetContact(parts: PeopleParts, _caller: Caller, { id }: Named): Promise<Outcome<undefined>> {
  if ((await forgetPerson(parts, id)) === 'unknown') return unknownContact(id);
  return { done: undefined, changed: { action: 'contact.forget', target: `contact:${id}` } };
}

function unknownContact(id: string): Refusal {
  return { refused: 'contact/unknown', detail: `Unknown contact: "${id}".` };
}
