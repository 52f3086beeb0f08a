import type { Refusal } from '../contract/host/index.js';
import type { Clock } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import { forgetPerson } from '../people/forget-person.js';
import { judgeIdentity } from '../people/judge-identity.js';
import { livingSession } from '../people/living-session.js';
import type { Caller } from './caller.js';
import { type ContactView, showContact } from './contact-view.js';
import { sessionsIn } from './groups.js';
import type { Outcome } from './outcome.js';
import { mapPage, type Page, type PageRequest, pageOf } from './page.js';

export interface PeopleParts {
  readonly store: Pick<Store, 'sessions' | 'contacts' | 'turns' | 'deliveries' | 'starts' | 'media' | 'scrub'>;
  readonly clock: Pick<Clock, 'now'>;
}
interface Named {
  readonly id: string;
}
interface ContactQuery extends PageRequest {
  readonly identity?: string;
  readonly group?: string;
}

/** Lists contacts; with an identity, the contact that has it, if there is one. An identity that is not valid is refused. */
export async function listContacts(
  { store }: PeopleParts,
  _caller: Caller,
  { identity, group, ...page }: ContactQuery,
): Promise<Outcome<Page<ContactView>>> {
  const owner = identity === undefined ? undefined : await store.contacts.find(identity);
  if (identity !== undefined && owner === undefined) return noContact(identity);
  const query = { ...(owner === undefined ? page : { contact: owner }), limit: page.limit + 1 };
  const found = group === undefined ? await store.sessions.list(query) : await sessionsIn(store, { ...query, group });
  return {
    done: mapPage(
      pageOf(found, page.limit, ({ state }) => state.id),
      ({ state }) => showContact(state.contact),
    ),
  };
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
