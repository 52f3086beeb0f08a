import type { Clock } from '../contract/index.js';
import { startTimer } from './start-timer.js';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  monotonic: () => performance.now(),
  after: startTimer,
};
