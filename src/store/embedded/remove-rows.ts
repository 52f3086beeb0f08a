import type { GroupCommit } from './group-commit.js';

/** Most rows that one write removes, so that no turn waits long behind it. */
export const MAX_ROWS = 500;

/** Removes rows in batches. `remove` removes at most `MAX_ROWS` and returns how many; other writes get in between. */
export async function removeAll(group: GroupCommit, remove: () => number): Promise<void> {
  while ((await group.write(remove)) >= MAX_ROWS);
}
