import type { Pace } from '../contract/index.js';

/** Keeps sends below what a provider allows an account, and one person. */
export interface Pacing {
  /** Takes a place in the queue: 0 when it may go now, else the milliseconds until it may be asked again (nothing is taken then). */
  take(channel: string, address: string, pace: Pace | undefined): number;
}

/** A bucket of tokens: when it will be full again, in milliseconds. */
type Buckets = Map<string, number>;
const MOST_BUCKETS = 50_000;

export function createPacing(nowMillis: () => number): Pacing {
  const accounts: Buckets = new Map();
  const pairs: Buckets = new Map();
  return {
    take(channel, address, pace) {
      if (!pace) return 0;
      const now = nowMillis();
      const account = { key: channel, every: 1_000 / pace.perSecond, burst: pace.perSecond };
      const pair = pace.pair ? { key: `${channel} ${address}`, every: pace.pair.everyMillis, burst: pace.pair.burst } : undefined;
      const wait = Math.max(waitFor(accounts, account, now), pair ? waitFor(pairs, pair, now) : 0);
      if (wait > 0) return wait;
      fill(accounts, account, now);
      if (pair) fill(pairs, pair, now);
      return 0;
    },
  };
}

interface Bucket {
  readonly key: string;
  readonly every: number;
  readonly burst: number;
}

/** How long until there is room for one more. */
function waitFor(buckets: Buckets, { key, every, burst }: Bucket, now: number): number {
  const emptyAt = buckets.get(key) ?? now;
  return Math.max(0, Math.ceil(Math.max(emptyAt, now) + every - now - burst * every));
}

function fill(buckets: Buckets, { key, every }: Bucket, now: number): void {
  // Whoever has not been sent anything for long is forgotten first.
  if (buckets.size >= MOST_BUCKETS) for (const [other, emptyAt] of buckets) if (emptyAt <= now) buckets.delete(other);
  buckets.set(key, Math.max(buckets.get(key) ?? now, now) + every);
}
