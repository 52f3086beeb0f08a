import type { TurnCommit } from '../contract/index.js';

/**
 * Once this turn is old enough, the turns below this number may go: the first turn of a run holds the state before it, so that replay
 * begins there; after one that has left nothing running nobody asks for what was before. Undefined in the middle of a run.
 */
export function cutOf({ state, journal }: Pick<TurnCommit, 'state' | 'journal'>): number | undefined {
  if (state.runs.length === 0) return journal.turn + 1;
  return journal.before ? journal.turn : undefined;
}

/** A turn at which the log may be cut. */
export interface CutMark {
  readonly session: string;
  readonly turn: number;
  readonly cut: number;
}

/** The farthest cut of each session. */
export function farthestCuts(marks: readonly CutMark[]): ReadonlyMap<string, number> {
  const farthest = new Map<string, number>();
  for (const { session, cut } of marks) farthest.set(session, Math.max(cut, farthest.get(session) ?? 0));
  return farthest;
}
