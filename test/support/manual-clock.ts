import type { Clock } from '../../src/contract/index.js';

/** Time as a value: it stands still until it is turned, and timers fire when it passes them. */
export interface ManualClock extends Clock {
  /** Moves on by so many milliseconds, firing what comes due on the way, in order. */
  advance(millis: number): void;
}

export function manualClock(start = '2026-11-24T09:00:00.000Z'): ManualClock {
  let now = Date.parse(start);
  let timers: { readonly at: number; readonly call: () => void }[] = [];
  return {
    now: () => new Date(now).toISOString(),
    after(millis, call) {
      const timer = { at: now + Math.max(0, millis), call };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    advance(millis) {
      const end = now + millis;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers = timers.filter((one) => one !== next);
        now = Math.max(now, next.at);
        next.call();
      }
      now = end;
    },
  };
}
