import { MOST_REPEATS, PROOF_WAIT } from './limits.js';
import type { WaitingEffect } from './store.js';

/** How many tries of a send are in doubt. */
export function doubtsOf({ inDoubt, doubts }: Pick<WaitingEffect, 'inDoubt' | 'doubts'>): number {
  return inDoubt ? (doubts ?? 1) : 0;
}

/** How long a send waits for a proof after its Nth doubt, from 1, in milliseconds: 20 s, 40 s, 80 s; and 20 s when it is repeated no more. */
export function proofWait(doubts: number): number {
  return doubts > MOST_REPEATS ? PROOF_WAIT : PROOF_WAIT * 2 ** (doubts - 1);
}
