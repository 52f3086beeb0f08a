import { type Clock, OperationalError } from '../contract/index.js';
import type { TimeLeft } from './time-left.js';

/** How long to wait before a write is tried again, in milliseconds. */
const AGAIN_AFTER = 1_000;

export interface Retries {
  /**
   * Writes what became of an effect, again and again while its lease lasts: a store that is away for a moment is to cost no second
   * message. Each write must be harmless when done again.
   */
  untilLeaseEnds<T>(timeLeft: TimeLeft, write: () => Promise<T>): Promise<T>;
  /** Whoever waits has one more try. */
  stop(): void;
}

export function createRetries(clock: Pick<Clock, 'after'>): Retries {
  let isStopped = false;
  const waiting = new Set<() => void>();

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        cancel();
        waiting.delete(go);
        resolve();
      };
      const cancel = clock.after(AGAIN_AFTER, go);
      waiting.add(go);
    });
  }

  return {
    async untilLeaseEnds(timeLeft, write) {
      for (;;) {
        const isLast = isStopped || timeLeft() <= 0;
        try {
          return await write();
        } catch (error) {
          if (isLast || !(error instanceof OperationalError)) throw error;
        }
        await pause();
      }
    },
    stop() {
      isStopped = true;
      for (const go of waiting) go();
    },
  };
}
