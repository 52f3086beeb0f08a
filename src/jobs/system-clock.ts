import type { Clock } from '../contract/index.js';

/** setTimeout takes no more; whoever waits longer looks again then. */
const LONGEST = 2_147_483_647;

/** The machine's own time. Its timers never keep the process alive. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  monotonic: () => performance.now(),
  after(millis, call) {
    const timer = setTimeout(call, Math.min(Math.max(0, millis), LONGEST));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
