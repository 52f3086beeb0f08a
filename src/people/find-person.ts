import { OperationalError, type TakeTurn, type TurnOptions, type TurnOutcome } from '../contract/host/index.js';
import type { ChannelId, Clock, FlowEvent, IsoTime, Sender } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import type { ChannelBook } from '../published/channel-book.js';
import { mergeContacts } from './merge-contacts.js';
import { moveNumber } from './move-number.js';
import { newSessionId } from './new-id.js';
import { senderOf } from './new-session.js';

interface PersonParts {
  readonly store: Store;
  readonly channels: Pick<ChannelBook, 'get'>;
  readonly takeTurn: TakeTurn;
  readonly clock: Clock;
}

/** How often a person may be forgotten while their event is taken. */
const MAX_TRIES = 5;

/** The contact with a person that led to the question who they are. */
export interface Meeting {
  readonly channel: ChannelId;
  /** The provider's time. */
  readonly at: IsoTime;
  /** The provider has reported that the person has changed their addresses. */
  readonly isChange?: boolean;
}

/**
 * Finds the session of a person, or makes their identities known under a new one. If the identities belong to several contacts, these are
 * merged, unless a number has changed hands. Only an event of the person themselves (`met`) can show that it has.
 */
export async function findPerson(parts: PersonParts, from: Sender, met?: Meeting): Promise<string> {
  const owners = await parts.store.contacts.owners(from.identities);
  const [first] = from.identities;
  const owner = first === undefined ? undefined : owners.get(first);
  if (owner !== undefined && from.identities.every((one) => owners.get(one) === owner)) return owner;
  const own = met && !met.isChange && owners.size > 0 ? await moveNumber(parts, { ...met, from, owners }) : from.identities;
  const { session, others } = await parts.store.contacts.resolve(own, newSessionId(parts.clock.now()));
  let found = session;
  for (const other of others) found = await mergeContacts(parts, [found, other], met?.channel);
  return found;
}

/** Takes a turn of a person's session, whatever it was merged into meanwhile. A person who was forgotten meanwhile is a new person. */
export async function takeAfterMerges(parts: PersonParts, session: string, event: FlowEvent, options?: TurnOptions): Promise<TurnOutcome> {
  let at = session;
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const outcome = await parts.takeTurn(at, event, options);
    const sender = outcome.kind === 'gone' ? senderOf(event) : undefined;
    if (!sender) return outcome;
    await parts.store.contacts.forget(outcome.session);
    at = await findPerson(parts, sender);
  }
  throw new OperationalError('turn/contact-moves', `a contact was forgotten ${MAX_TRIES} times in a row`);
}
