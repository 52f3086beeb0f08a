import { type Clock, startTimer } from '../contract/index.js';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  monotonic: () => performance.now(),
  after: startTimer,
};
