import { type Log, type Meters, silentMeters } from '../contract/host/index.js';
import type { Clock } from '../contract/index.js';

/** A wall clock is steered by seconds; further, somebody has set it, or the machine has slept; in milliseconds. */
const JUMP = 600_000;

/**
 * Tells for how long the wall clock has gone along with the one that never goes back, in milliseconds; Infinity while it has never jumped by
 * more than ten minutes. A clock that was set a moment ago may be set back the next: whoever would end or remove something by its time
 * waits until it has stood for a while. Each jump is told in the log and to the meters.
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
        'the wall clock has jumped: what would end or be removed waits until the new time has stood',
      );
      meters.clockJump();
    }
    return clock.monotonic() - jumpedAt;
  };
}
