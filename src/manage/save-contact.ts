import { isRefused, type Refusal, type TakeTurn, type TurnOutcome } from '../contract/host/index.js';
import { BUDGET, type ChannelAdapter, type Clock, type Problem, type Sender, type Vars } from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import type { Store } from '../contract/store/index.js';
import { findPerson, takeAfterMerges } from '../people/find-person.js';
import { identitiesMeant, judgeIdentity } from '../people/judge-identity.js';
import { livingSession } from '../people/living-session.js';
import { newCommandId } from '../people/new-id.js';
import type { ChannelBook } from '../published/channel-book.js';
import type { Caller } from './caller.js';
import { type ContactView, showContact } from './contact-view.js';
import type { Outcome } from './outcome.js';

export interface SaveContactParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly takeTurn: TakeTurn;
  readonly channels: Pick<ChannelBook, 'all' | 'get'>;
  /** All adapters of the host. */
  // biome-ignore lint/suspicious/noExplicitAny: adapters of every config type
  readonly adapters: ReadonlyMap<string, Pick<ChannelAdapter<any>, 'senderOf'>>;
}

/** What is to be known of a contact from now on; what is left out stays. Null removes a text or a field. */
export interface ContactRequest {
  readonly id: string;
  readonly change: Vars;
}
/** The same for a person who may be new. */
export interface NewContactRequest {
  readonly identity: string;
  readonly change: Vars;
}

interface Saved {
  readonly contact: ContactView;
  readonly isNew: boolean;
}

/** Changes what is known of a contact. It is a turn of the session, like everything that happens to a person. */
export async function changeContact(
  parts: SaveContactParts,
  caller: Caller,
  { id, change }: ContactRequest,
): Promise<Outcome<ContactView>> {
  if (!(await livingSession(parts.store, id))) return unknownContact(id);
  const at = parts.clock.now();
  const outcome = await parts.takeTurn(id, { id: newCommandId(at), at, type: 'command', command: 'set', args: change, by: caller.name });
  const saved = await savedBy(parts, outcome, change);
  if (isRefused(saved)) return saved;
  return { done: saved.done.contact, ...(saved.changed ? { changed: saved.changed } : {}) };
}

/** Creates a contact, or changes the one that has the identity. The person is written to only by flows and operators, as everybody else. */
export async function createContact(
  parts: SaveContactParts,
  { name: by }: Caller,
  { identity, change }: NewContactRequest,
): Promise<Outcome<Saved>> {
  const from = senderOf(parts, identity);
  const problems = [...judgedIdentity(identity, from), ...judgedFields(change)];
  if (!from || problems.length > 0) return { refused: codeOf(problems), problems };
  const at = parts.clock.now();
  const event = { id: newCommandId(at), at, type: 'command', command: 'set', args: change, by, from } as const;
  const outcome = await takeAfterMerges(parts, await findPerson(parts, from), event);
  return savedBy(parts, outcome, change);
}

/** Returns everything that is wrong with an identity, so that callers can report it beside what else is wrong. */
export function identityProblems(parts: Pick<SaveContactParts, 'channels' | 'adapters'>, identity: string): readonly Problem[] {
  return judgedIdentity(identity, senderOf(parts, identity));
}

async function savedBy({ store }: SaveContactParts, { session, ...outcome }: TurnOutcome, change: Vars): Promise<Outcome<Saved>> {
  const after = await livingSession(store, session);
  if (outcome.kind !== 'taken' || !after) return unknownContact(session);
  const { decision, session: state } = outcome.decision;
  if (decision.kind === 'refused') return { refused: 'contact/not-changed', detail: `The contact was not changed: ${decision.reason}.` };
  const isNew = state.turn === 1;
  return {
    done: { contact: showContact(after.state.contact), isNew },
    changed: {
      action: 'contact.change',
      target: `contact:${after.state.id}`,
      after: { changed: Object.keys(change), ...(isNew ? { isNew } : {}) },
    },
  };
}

/** Identities of some platforms name no channel, so a channel is not needed for them. */
const NO_CHANNEL = '-';

/** Returns the person of an identity on any channel, as a start by the API reads it. */
function senderOf({ channels, adapters }: Pick<SaveContactParts, 'channels' | 'adapters'>, identity: string): Sender | undefined {
  for (const { channel, adapter } of channels.all) {
    const from = adapter.senderOf(identity, channel.id);
    if (from) return from;
  }
  for (const adapter of adapters.values()) {
    const from = adapter.senderOf(identity, NO_CHANNEL);
    if (from) return from;
  }
  return undefined;
}

function judgedIdentity(identity: string, from: Sender | undefined): readonly Problem[] {
  const badNumber = judgeIdentity(identity, '/identity');
  if (badNumber) return [badNumber];
  if (from) return [];
  return [
    {
      pointer: '/identity',
      code: 'contact/bad-identity',
      message: `"${identity}" is not an identity that a channel of this host can reach`,
      hint: hintFor(identity),
      severity: 'error',
    },
  ];
}

function hintFor(identity: string): string {
  const meant = identitiesMeant(identity);
  return meant.length > 0
    ? `Write ${meant.join(' or ')}.`
    : 'Write whatsapp:<number without +>, phone:+<number>, or viber:<channel>:<user id> with the id of a channel that exists.';
}

function judgedFields({ fields = {} }: Vars): readonly Problem[] {
  if (jsonSize(fields) <= BUDGET.contact) return [];
  return [
    {
      pointer: '/fields',
      code: 'contact/not-changed',
      message: `the fields have more than ${BUDGET.contact} characters`,
      hint: 'Keep less of the contact.',
      severity: 'error',
    },
  ];
}

function codeOf([first]: readonly Problem[]): Refusal['refused'] {
  return first?.code === 'contact/not-changed' || first?.code === 'contact/bad-number' ? first.code : 'contact/bad-identity';
}

function unknownContact(id: string): Refusal {
  return { refused: 'contact/unknown', detail: `Unknown contact: "${id}".` };
}
