import { RateLimiterMemory } from 'rate-limiter-flexible';
import { RefusedCall } from './refused-call.js';

/** So many keys that are not known may come from one address in a minute. */
const MOST = 30;
const SECONDS = 60;
/** Keys that were good, by their hashes; more of them are in use nowhere. */
const REMEMBERED = 1_000;

/** Who tries keys is slowed down: an address that was wrong too often is let in only with a key that was good before. */
export interface Guesses {
  /** Refuses (429) an address that has guessed too often; a key that was good before is no guess. */
  refuseMore(from: string, hash: string): Promise<void>;
  /** A key was not known. */
  note(from: string): Promise<void>;
  /** A key was good. */
  trust(hash: string): void;
}

/** Counts in this process: each host of several has its own count. */
export function createGuesses(): Guesses {
  const limiter = new RateLimiterMemory({ points: MOST, duration: SECONDS });
  const good = new Set<string>();
  return {
    async refuseMore(from, hash) {
      if (good.has(hash)) return;
      const made = await limiter.get(from);
      if (made && made.consumedPoints >= MOST)
        throw new RefusedCall({
          refused: 'key/too-many-guesses',
          detail: 'Too many keys from this address were not known; try again in a minute.',
        });
    },
    async note(from) {
      await limiter.penalty(from);
    },
    trust(hash) {
      if (good.size < REMEMBERED) good.add(hash);
    },
  };
}
