import { CALL_GRACE, type Claim, type Clock, SEND_LEASE } from '../contract/index.js';

/** What the holder of a lease has left of it, in milliseconds; 0 or less when it is over. */
export type TimeLeft = () => number;

/** A claim, and what is left of its lease. */
export interface Work {
  readonly claim: Claim;
  readonly timeLeft: TimeLeft;
}

/**
 * Measures a lease from when its holder got it, by the clock that never goes back: setting the wall clock back makes no lease longer. It
 * is over, too, when the wall clock says so, which goes on while a machine sleeps.
 */
export function timeLeftOf({ until, effect }: Claim, clock: Pick<Clock, 'now' | 'monotonic'>): TimeLeft {
  const { body } = effect.effect;
  const longest = body.kind === 'send' ? SEND_LEASE : body.deadline + CALL_GRACE;
  const byWall = () => Date.parse(until) - Date.parse(clock.now());
  const end = clock.monotonic() + Math.min(longest, byWall());
  return () => Math.min(end - clock.monotonic(), byWall());
}
