import type { Clock } from '../contract/index.js';
import { startTimer } from './start-timer.js';

/** Returns the wall time. It is asked for many times within a millisecond, so the text of the latest one is kept. */
function createNow(): () => string {
  let latest = Number.NaN;
  let text = '';
  return () => {
    const millis = Date.now();
    if (millis !== latest) {
      latest = millis;
      text = new Date(millis).toISOString();
    }
    return text;
  };
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: createNow(),
  monotonic: () => performance.now(),
  after: startTimer,
};
