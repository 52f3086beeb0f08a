import type { Clock } from '../../src/contract/index.js';

/** A clock that stands still until it is advanced. Timers fire when it passes them. */
export interface ManualClock extends Clock {
  /** Advances both clocks, and fires the timers on the way in order. */
  advance(millis: number): void;
  /** Sets the wall clock forwards, or back with a negative number. Timers do not notice. */
  step(millis: number): void;
}

export function manualClock(start = '2026-11-24T09:00:00.000Z'): ManualClock {
  let passed = 0;
  let wallAtZero = Date.parse(start);
  let timers: { readonly at: number; readonly call: () => void }[] = [];
  return {
    now: () => new Date(wallAtZero + passed).toISOString(),
    monotonic: () => passed,
    after(millis, call) {
      const timer = { at: passed + Math.max(0, millis), call };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    advance(millis) {
      const end = passed + millis;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers = timers.filter((one) => one !== next);
        passed = Math.max(passed, next.at);
        next.call();
      }
      passed = end;
    },
    step(millis) {
      wallAtZero += millis;
    },
  };
}
