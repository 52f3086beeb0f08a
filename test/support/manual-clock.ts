import type { Clock } from '../../src/contract/index.js';

/** Time as a value: it stands still until it is turned, and timers fire when it passes them. */
export interface ManualClock extends Clock {
  /** Both hands move on by so many milliseconds, firing what comes due on the way, in order. */
  advance(millis: number): void;
  /** Somebody sets the wall clock: it alone moves, back where the number is negative, and no timer notices. */
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
