import type { TurnCommit } from '../contract/store/index.js';

/**
 * Returns the number below which the log of a session may be cut once this turn is old enough; undefined in the middle of a run. The first
 * turn of a run holds the state before it, so a replay can begin there. After a turn that leaves no run, nothing before it is needed.
 */
export function cutOf({ state, journal }: Pick<TurnCommit, 'state' | 'journal'>): number | undefined {
  if (state.runs.length === 0) return journal.turn + 1;
  return journal.before ? journal.turn : undefined;
}

/** A turn at which the log of its session may be cut: turns below `cut` may go. */
export interface CutMark {
  readonly session: string;
  readonly turn: number;
  readonly cut: number;
}

/** Returns the highest cut of each session. */
export function farthestCuts(marks: readonly CutMark[]): ReadonlyMap<string, number> {
  const farthest = new Map<string, number>();
  for (const { session, cut } of marks) farthest.set(session, Math.max(cut, farthest.get(session) ?? 0));
  return farthest;
}
