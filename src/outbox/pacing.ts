import { LRUCache } from 'lru-cache';
import type { Lane, Pace, SendBody } from '../contract/index.js';

/** Keeps sends below what a provider allows for an account, and for one person. */
export interface Pacing {
  take(send: Pick<SendBody, 'channel' | 'address' | 'lane'>, pace: Pace | undefined): Place;
}
/**
 * `goIn`: the place is taken, and the send leaves after so many milliseconds. `askIn`: there is no place now; ask again after so many
 * milliseconds.
 */
export type Place = { readonly goIn: number } | { readonly askIn: number };

/** Longest time after which a send without a place asks again, in milliseconds. */
const MAX_PUT_OFF = 60_000;
/**
 * How far ahead places are given, in milliseconds. A send that would wait longer returns to its queue. Replies find a place where campaigns
 * find none.
 */
const AHEAD: Readonly<Record<Lane, number>> = { reply: 2_000, campaign: 1_000 };
const MAX_CHANNELS = 1_000;
const MAX_PAIRS = 50_000;

/** When each token bucket is full again, in milliseconds. */
type Buckets = LRUCache<string, number>;
interface Bucket {
  readonly key: string;
  /** Milliseconds for one token, and how many tokens the bucket holds. */
  readonly every: number;
  readonly burst: number;
}

/** `monotonic` returns milliseconds on a clock that is never set. */
export function createPacing(monotonic: () => number): Pacing {
  const accounts: Buckets = new LRUCache({ max: MAX_CHANNELS });
  const pairs: Buckets = new LRUCache({ max: MAX_PAIRS });
  /** When the sends that were put off ask again: one after another, so that they do not all ask at once. */
  const lines: Buckets = new LRUCache({ max: MAX_CHANNELS });

  return {
    take({ channel, address, lane }, pace) {
      if (!pace) return { goIn: 0 };
      const now = monotonic();
      const account = { key: channel, every: 1_000 / pace.perSecond, burst: Math.max(1, pace.perSecond) };
      const pair = pace.pair && { key: `${channel} ${address}`, every: pace.pair.everyMillis, burst: pace.pair.burst };
      const accountWait = waitFor(accounts, account, now);
      const wait = Math.max(accountWait, pair ? waitFor(pairs, pair, now) : 0);
      if (wait <= AHEAD[lane]) {
        takeToken(accounts, account, now);
        if (pair) takeToken(pairs, pair, now);
        return { goIn: wait };
      }
      if (wait > accountWait || wait > MAX_PUT_OFF) return { askIn: Math.min(wait, MAX_PUT_OFF) };
      const line = { key: `${channel} ${lane}`, every: account.every };
      const turn = Math.max(lines.get(line.key) ?? 0, now + wait);
      if (turn - now > MAX_PUT_OFF) return { askIn: MAX_PUT_OFF };
      takeToken(lines, line, turn);
      return { askIn: Math.ceil(turn - now) };
    },
  };
}

/** Returns how long it takes until the bucket has a token. It is never further ahead than places are given, whatever the clock has done. */
function waitFor(buckets: Buckets, { key, every, burst }: Bucket, now: number): number {
  const known = buckets.get(key);
  const fullAt = Math.min(known ?? now, now + burst * every + AHEAD.reply);
  if (known !== undefined && known !== fullAt) buckets.set(key, fullAt);
  return Math.max(0, Math.ceil(fullAt - now - (burst - 1) * every));
}

function takeToken(buckets: Buckets, { key, every }: Pick<Bucket, 'key' | 'every'>, now: number): void {
  buckets.set(key, Math.max(buckets.get(key) ?? now, now) + every);
}
