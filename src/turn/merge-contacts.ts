import type { Clock, FlowEvent, Store } from '../contract/index.js';
import { forgetPerson } from './forget-person.js';
import type { TakeTurn } from './take-turn.js';

/**
 * Makes one person of two: the loser's record is marked, what it knows goes to the winner, then its identities move. Each step is
 * harmless when done again, so whoever meets a loser half way does all of it anew.
 */
export async function mergeContacts(
  parts: { readonly store: Store; readonly takeTurn: TakeTurn; readonly clock: Clock },
  loser: string,
  winner: string,
): Promise<void> {
  await parts.takeTurn(loser, { id: `merged:${winner}`, at: parts.clock.now(), type: 'merged', winner });
  const stored = await parts.store.sessions.load(loser);
  if (stored) {
    const { contact, channels, links } = stored.state;
    const told = { loser, contact, channels, ...(links ? { links } : {}) };
    const merge: FlowEvent = { id: `merge:${loser}`, at: parts.clock.now(), type: 'merge', ...told };
    const outcome = await parts.takeTurn(winner, merge);
    // The winner was forgotten meanwhile, and this is the same person.
    if (outcome.kind === 'gone') await forgetPerson(parts, loser);
  }
  await parts.store.contacts.move(loser, winner);
}
