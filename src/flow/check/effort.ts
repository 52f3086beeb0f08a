import type { Problem } from '../../contract/index.js';
import { error } from './finding.js';

/** How much work a check may do: a file of 2 MB can hold texts that would take minutes to read. */
export interface Effort {
  /** Returns false when nothing is left for it. The cost is in about microseconds. */
  spend(cost: number): boolean;
  /** How much has been done, in the same unit. */
  spent(): number;
  /** The problem that says that the check ends here; empty after the first time. */
  giveUp(at: Pick<Problem, 'pointer' | 'node'>): readonly Problem[];
}

/** In about microseconds. */
export const MAX_EFFORT = 600_000;

export function newEffort(): Effort {
  let left = MAX_EFFORT;
  let done = 0;
  let isTold = false;
  return {
    spend(cost) {
      left -= cost;
      if (left < 0) return false;
      done += cost;
      return true;
    },
    spent: () => done,
    giveUp(at) {
      if (isTold) return [];
      isTold = true;
      const message = 'the flow has more templates, expressions, regular expressions and translations than can be checked';
      return [error({ ...at, code: 'flow/too-large', message, hint: 'Split it into several flows, or shorten its texts.' })];
    },
  };
}
