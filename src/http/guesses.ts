import { RateLimiterMemory } from 'rate-limiter-flexible';
import { RefusedCall } from './refused-call.js';

/** The maximum of unknown keys from one address in a minute. */
const MAX_GUESSES = 30;
const SECONDS = 60;
/** The maximum of keys that are remembered as good. No installation uses more. */
const MAX_REMEMBERED = 1_000;

/** Rate-limits the guessing of keys: after 30 unknown keys in a minute, an address may only use keys that have worked before. */
export interface Guesses {
  /** Refuses an address that has guessed too often, unless the key has worked before. */
  refuseMore(from: string, hash: string): Promise<void>;
  /** Counts an unknown key. */
  note(from: string): Promise<void>;
  /** Remembers a key that has worked, by its hash. */
  trust(hash: string): void;
}

/** Counts in the memory of this process, so each of several hosts has its own count. */
export function createGuesses(): Guesses {
  const limiter = new RateLimiterMemory({ points: MAX_GUESSES, duration: SECONDS });
  const good = new Set<string>();
  return {
    async refuseMore(from, hash) {
      if (good.has(hash)) return;
      const made = await limiter.get(from);
      if (made && made.consumedPoints >= MAX_GUESSES)
        throw new RefusedCall({
          refused: 'key/too-many-guesses',
          detail: 'Too many unknown keys came from this address. Try again in a minute.',
        });
    },
    async note(from) {
      await limiter.penalty(from);
    },
    trust(hash) {
      if (good.size < MAX_REMEMBERED) good.add(hash);
    },
  };
}
