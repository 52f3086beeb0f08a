import type { GroupCommit } from './group-commit.js';

/** How many rows one write takes away at most, so that no turn waits long behind it. */
export const MOST_ROWS = 500;

/** Removes in batches until one finds fewer than it may take; other writes get in between. */
export async function removeAll(group: GroupCommit, remove: () => number): Promise<void> {
  while ((await group.write(remove)) >= MOST_ROWS);
}
