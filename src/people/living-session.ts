import type { Store, StoredSession } from '../contract/index.js';

/** How often a contact may have been merged in a row before something is wrong. */
const MOST_MOVES = 20;

/** The record of a contact, or of the one that it was merged into; undefined where nobody has had the id, or the person was forgotten. */
export async function livingSession({ sessions }: Pick<Store, 'sessions'>, id: string): Promise<StoredSession | undefined> {
  let stored = await sessions.load(id);
  for (let move = 0; stored?.state.mergedInto !== undefined && move < MOST_MOVES; move += 1)
    stored = await sessions.load(stored.state.mergedInto);
  return stored?.state.mergedInto === undefined ? stored : undefined;
}
