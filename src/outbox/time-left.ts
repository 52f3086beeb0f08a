import { CALL_GRACE, SEND_LEASE } from '../contract/host/index.js';
import type { Clock } from '../contract/index.js';
import type { Claim } from '../contract/store/index.js';

/** Returns what is left of a lease, in milliseconds; 0 or less when it has ended. */
export type TimeLeft = () => number;

/** A claimed effect, and what is left of its lease. */
export interface Work {
  readonly claim: Claim;
  readonly timeLeft: TimeLeft;
}

/**
 * Measures a lease from now on by both clocks. By the monotonic one, so that setting the wall clock back makes no lease longer; by the wall
 * clock, because it goes on while the machine sleeps.
 */
export function timeLeftOf({ until, effect }: Claim, clock: Pick<Clock, 'now' | 'monotonic'>): TimeLeft {
  const { body } = effect.effect;
  const max = body.kind === 'call' ? body.deadline + CALL_GRACE : SEND_LEASE;
  const wallEnd = Date.parse(until);
  const byWallClock = () => wallEnd - Date.parse(clock.now());
  const end = clock.monotonic() + Math.min(max, byWallClock());
  return () => Math.min(end - clock.monotonic(), byWallClock());
}
