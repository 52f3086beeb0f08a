import { type Log, type Meters, silentMeters } from '../contract/host/index.js';
import type { Clock } from '../contract/index.js';

/** If the wall clock moves further than this, somebody has set it, or the machine has slept; in milliseconds. */
const JUMP = 600_000;

/**
 * Returns a function that returns for how long the wall clock has not jumped by more than ten minutes, in milliseconds; Infinity if it never
 * has. A clock that was set a moment ago may be set back again, so nothing should end or be removed by its time until it has been steady for
 * a while. Each jump is logged and reported to the meters.
 */
export function watchWallClock(clock: Pick<Clock, 'now' | 'monotonic'>, log: Log, meters: Pick<Meters, 'clockJump'> = silentMeters) {
  const ahead = () => Date.parse(clock.now()) - clock.monotonic();
  let known = ahead();
  let jumpedAt = Number.NEGATIVE_INFINITY;
  return (): number => {
    const jump = ahead() - known;
    known += jump;
    if (Math.abs(jump) > JUMP) {
      jumpedAt = clock.monotonic();
      log.warn(
        { seconds: Math.round(jump / 1_000) },
        'the wall clock has jumped: nothing ends or is removed by the new time until it has been steady for a while',
      );
      meters.clockJump();
    }
    return clock.monotonic() - jumpedAt;
  };
}
