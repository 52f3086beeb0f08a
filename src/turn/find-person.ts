import { type Clock, type FlowEvent, OperationalError, type Sender, type Store } from '../contract/index.js';
import { mergeContacts } from './merge-contacts.js';
import { newSessionId } from './new-id.js';
import { senderOf } from './new-session.js';
import type { Along, TakeTurn, TurnOutcome } from './take-turn.js';

interface PersonParts {
  readonly store: Store;
  readonly takeTurn: TakeTurn;
  readonly clock: Clock;
}

/** How often a contact may turn out to have moved on before something is wrong. */
const MOST_MOVES = 5;

/** The session of a person, made known if need be; two that turn out to be one are merged. */
export async function findPerson(parts: PersonParts, from: Sender): Promise<string> {
  const { session, others } = await parts.store.contacts.resolve(from.identities, newSessionId(parts.clock.now()));
  for (const other of others) await mergeContacts(parts, other, session);
  return session;
}

/** Takes a turn of a person's session, wherever that is by now; says where it was. */
export async function takeWherever(
  parts: PersonParts,
  session: string,
  event: FlowEvent,
  along?: Along,
): Promise<{ readonly session: string; readonly outcome: Exclude<TurnOutcome, { kind: 'moved' }> }> {
  let at = session;
  for (let move = 0; move < MOST_MOVES; move += 1) {
    const outcome = await parts.takeTurn(at, event, along);
    const sender = outcome.kind === 'gone' ? senderOf(event) : undefined;
    if (sender) {
      // They were forgotten meanwhile: what they do now is the first that is known of them.
      await parts.store.contacts.forget(at);
      at = await findPerson(parts, sender);
      continue;
    }
    if (outcome.kind !== 'moved') return { session: at, outcome };
    // A merge may have been interrupted after its first step: it is done again, then all of it is at the winner's.
    await mergeContacts(parts, at, outcome.to);
    at = outcome.to;
  }
  throw new OperationalError('turn/contact-moves', `a contact was merged ${MOST_MOVES} times in a row`);
}
