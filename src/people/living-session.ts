import type { Store, StoredSession } from '../contract/store/index.js';

/** How many merges of a contact in a row are followed. More of them are a fault. */
const MAX_MOVES = 20;

/** Loads the record of a contact, or of the contact that it was merged into; undefined if the id is unknown or the person was forgotten. */
export async function livingSession({ sessions }: Pick<Store, 'sessions'>, id: string): Promise<StoredSession | undefined> {
  let stored = await sessions.load(id);
  for (let move = 0; stored?.state.mergedInto !== undefined && move < MAX_MOVES; move += 1)
    stored = await sessions.load(stored.state.mergedInto);
  return stored?.state.mergedInto === undefined ? stored : undefined;
}
