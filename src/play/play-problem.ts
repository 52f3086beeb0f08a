import type { Problem } from '../contract/index.js';

/** Thrown where a play cannot go on. `play` returns its problems, and the turns up to there. */
export class PlayStopped extends Error {
  override readonly name = 'PlayStopped';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join('; '));
  }
}

/** Stops the play with a problem. */
export function stop(problem: Omit<Problem, 'severity'>): never {
  throw new PlayStopped([{ ...problem, severity: 'error' }]);
}
