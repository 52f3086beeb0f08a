import type { TakeTurn } from '../contract/host/index.js';
import type { ChannelId, Clock, FlowEvent } from '../contract/index.js';
import type { Store, StoredSession } from '../contract/store/index.js';
import { isEmptied } from '../engine/session-index.js';
import { forgetPerson } from './forget-person.js';

interface MergeParts {
  readonly store: Store;
  readonly takeTurn: TakeTurn;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Merges two contacts and returns the session that is left: the older one, so that two hosts cannot merge in a circle (ids grow with
 * time). If one of them was merged before, the contact that it was merged into counts. `toldOn` is the channel of the message that showed
 * that both are one person.
 */
export async function mergeContacts(parts: MergeParts, [one, other]: readonly [string, string], toldOn?: ChannelId): Promise<string> {
  const [winner, loser] = [await finishMerge(parts, one), await finishMerge(parts, other)].sort();
  if (winner === undefined || loser === undefined || winner === loser) return winner ?? one;
  const on = toldOn === undefined ? {} : { toldOn };
  await parts.takeTurn(loser, { id: markId(winner), at: parts.clock.now(), type: 'merged', winner, ...on });
  return finishMerge(parts, loser);
}

/**
 * Returns where a contact is by now, and finishes its merge if that has stopped half way: its record was marked (1), what it has goes to
 * the winner (2), its identities move (3), and it is emptied (4). Each step can be repeated without harm.
 */
export async function finishMerge(parts: MergeParts, loser: string): Promise<string> {
  const stored = await parts.store.sessions.load(loser);
  const winner = stored?.state.mergedInto;
  if (!stored || winner === undefined) return loser;
  if (isEmptied(stored.state)) {
    const left = await finishMerge(parts, winner);
    // An identity may have been claimed for it just before it was marked.
    await parts.store.contacts.move(loser, left);
    return left;
  }
  const left = await takeAlong(parts, stored, winner);
  await parts.store.contacts.move(loser, left);
  await parts.takeTurn(loser, { id: `${markId(winner)}:done`, at: parts.clock.now(), type: 'merged', winner, isDone: true });
  return left;
}

function markId(winner: string): string {
  return `merged:${winner}`;
}

/** Gives all that the loser has to the winner, or to the contact that the winner was merged into meanwhile. */
async function takeAlong(parts: MergeParts, stored: StoredSession, winner: string): Promise<string> {
  const { id: loser, contact, channels, runs, held, links, effectCount, handOver, laterHandOvers = [] } = stored.state;
  const handOvers = [...(handOver && !handOver.isAwaited ? [handOver] : []), ...laterHandOvers];
  const mark = (await parts.store.turns.byEvent(loser, markId(winner)))?.event;
  const toldOn = mark?.type === 'merged' ? mark.toldOn : undefined;
  const event: FlowEvent = {
    id: `merge:${loser}`,
    at: parts.clock.now(),
    type: 'merge',
    loser,
    contact,
    channels,
    runs,
    held,
    effectCount,
    ...(links ? { links } : {}),
    ...(handOvers.length > 0 ? { handOvers } : {}),
    ...(toldOn === undefined ? {} : { toldOn }),
  };
  const options = { adopts: loser };
  const outcome = await parts.takeTurn(winner, event, options);
  // The winner was forgotten meanwhile, and the loser is the same person.
  if (outcome.kind === 'gone') await forgetPerson(parts, loser);
  if (outcome.kind !== 'duplicate') return outcome.session;
  // An earlier release moved the contact only, and left the runs where they were.
  const first = (await parts.store.turns.byEvent(outcome.session, event.id))?.event;
  if (first?.type === 'merge' && !first.runs) await parts.takeTurn(outcome.session, { ...event, id: `${event.id}:runs` }, options);
  return outcome.session;
}
