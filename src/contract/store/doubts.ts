import { MAX_REPEATS, PROOF_WAIT } from '../host/deadlines.js';
import type { WaitingEffect } from './sessions.js';

/** Returns how many attempts of a send are in doubt. */
export function doubtsOf({ inDoubt, doubts }: Pick<WaitingEffect, 'inDoubt' | 'doubts'>): number {
  return inDoubt ? (doubts ?? 1) : 0;
}

/**
 * Returns how long a send waits for a proof, in milliseconds, after its first, second, … attempt in doubt: 20 s, 40 s, 80 s; and 20 s after
 * the last attempt.
 */
export function proofWait(doubts: number): number {
  return doubts > MAX_REPEATS ? PROOF_WAIT : PROOF_WAIT * 2 ** (doubts - 1);
}
