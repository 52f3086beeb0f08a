import type { Problem } from '../../contract/index.js';
import { error } from './finding.js';

/** Limits the work of a check: a file of 2 MB can have texts that would take minutes to read. */
export interface Effort {
  /** Returns whether there is enough left. The cost is in about microseconds. */
  spend(cost: number): boolean;
  /** Returns how much has been spent. */
  spent(): number;
  /** Returns the problem that says that the check ends here; nothing after the first time. */
  giveUp(at: Pick<Problem, 'pointer' | 'node'>): readonly Problem[];
}

/** In about microseconds. */
export const MAX_EFFORT = 600_000;

export function newEffort(): Effort {
  let left = MAX_EFFORT;
  let done = 0;
  let isReported = false;
  return {
    spend(cost) {
      left -= cost;
      if (left < 0) return false;
      done += cost;
      return true;
    },
    spent: () => done,
    giveUp(at) {
      if (isReported) return [];
      isReported = true;
      const message = 'the flow has too many templates, expressions, regular expressions and translations to check';
      return [error({ ...at, code: 'flow/too-large', message, hint: 'Split it into several flows, or shorten its texts.' })];
    },
  };
}
