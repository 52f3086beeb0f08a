import type { Clock } from '../../../src/editor/clock.js';

/** A clock whose time is a value. */
export interface ManualClock extends Clock {
  /** Lets time pass: all that is due in it happens in its order, and what follows from it. */
  readonly pass: (millis: number) => Promise<void>;
}

export function manualClock(): ManualClock {
  let time = 0;
  const timers = new Set<{ readonly at: number; readonly act: () => void }>();
  const settle = () => new Promise((done) => setImmediate(done));
  return {
    now: () => time,
    after(millis, act) {
      const timer = { at: time + millis, act };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async pass(millis) {
      const end = time + millis;
      await settle();
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers.delete(next);
        time = next.at;
        next.act();
        await settle();
      }
      time = end;
    },
  };
}
