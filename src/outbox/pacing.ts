import type { Lane, Pace, SendBody } from '../contract/index.js';

/** Keeps sends below what a provider allows an account, and one person. */
export interface Pacing {
  take(send: Pick<SendBody, 'channel' | 'address' | 'lane'>, pace: Pace | undefined): Place;
}
/** `goIn`: the place is taken, and the send leaves after so many milliseconds. `askIn`: nothing is taken; the send is put off for so many. */
export type Place = { readonly goIn: number } | { readonly askIn: number };

/** So long at most is a send put off by our own pace, in milliseconds: then it asks again. */
const LONGEST_PUT_OFF = 60_000;
/**
 * How far ahead places are given away, in milliseconds. What would wait longer goes back to its queue, and replies find room where
 * campaigns find none.
 */
const AHEAD: Readonly<Record<Lane, number>> = { reply: 2_000, campaign: 1_000 };
const MOST_REMEMBERED = 50_000;

/** When a bucket of tokens will be full again, in milliseconds, by key. */
type Buckets = Map<string, number>;
interface Bucket {
  readonly key: string;
  /** Milliseconds for one token, and how many there may be. */
  readonly every: number;
  readonly burst: number;
}

/** `nowMillis` is of a clock that never goes back. */
export function createPacing(nowMillis: () => number): Pacing {
  const accounts: Buckets = new Map();
  const pairs: Buckets = new Map();
  /** When those that were put off come back, one after another, or all of them would ask at once. */
  const lines: Buckets = new Map();

  return {
    take({ channel, address, lane }, pace) {
      if (!pace) return { goIn: 0 };
      const now = nowMillis();
      const account = { key: channel, every: 1_000 / pace.perSecond, burst: Math.max(1, pace.perSecond) };
      const pair = pace.pair && { key: `${channel} ${address}`, every: pace.pair.everyMillis, burst: pace.pair.burst };
      const accountWait = waitFor(accounts, account, now);
      const wait = Math.max(accountWait, pair ? waitFor(pairs, pair, now) : 0);
      if (wait <= AHEAD[lane]) {
        fill(accounts, account, now);
        if (pair) fill(pairs, pair, now);
        return { goIn: wait };
      }
      if (wait > accountWait || wait > LONGEST_PUT_OFF) return { askIn: Math.min(wait, LONGEST_PUT_OFF) };
      const line = { key: `${channel} ${lane}`, every: account.every };
      const turn = Math.max(lines.get(line.key) ?? 0, now + wait);
      if (turn - now > LONGEST_PUT_OFF) return { askIn: LONGEST_PUT_OFF };
      fill(lines, line, turn);
      return { askIn: Math.ceil(turn - now) };
    },
  };
}

/** How long until there is room for one more. No bucket is further ahead than places are given away, whatever the clock has done. */
function waitFor(buckets: Buckets, { key, every, burst }: Bucket, now: number): number {
  const fullAt = Math.min(buckets.get(key) ?? now, now + burst * every + AHEAD.reply);
  if (buckets.has(key)) buckets.set(key, fullAt);
  return Math.max(0, Math.ceil(fullAt - now - (burst - 1) * every));
}

/** Takes one; whoever has not been sent anything for longest is forgotten first. */
function fill(buckets: Buckets, { key, every }: Pick<Bucket, 'key' | 'every'>, now: number): void {
  const fullAt = Math.max(buckets.get(key) ?? now, now) + every;
  buckets.delete(key);
  const [oldest] = buckets.size >= MOST_REMEMBERED ? buckets.keys() : [];
  if (oldest !== undefined) buckets.delete(oldest);
  buckets.set(key, fullAt);
}
