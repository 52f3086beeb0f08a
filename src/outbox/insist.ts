import { type Clock, type IsoTime, OperationalError } from '../contract/index.js';

/** How long to wait before a write is tried again, in milliseconds. */
const AGAIN_AFTER = 1_000;

export interface Insistence {
  /**
   * Writes what became of an effect, again and again while its lease lasts: a store that is away for a moment is to cost no second
   * message. Each write must be harmless when done again.
   */
  insist<T>(until: IsoTime, write: () => Promise<T>): Promise<T>;
  /** Whoever waits has one more try. */
  stop(): void;
}

export function createInsistence(clock: Clock): Insistence {
  let isStopped = false;
  let stop = () => {};
  const stopped = new Promise<void>((done) => {
    stop = done;
  });

  async function pause(): Promise<void> {
    let cancel = () => {};
    const passed = new Promise<void>((done) => {
      cancel = clock.after(AGAIN_AFTER, done);
    });
    await Promise.race([passed, stopped]);
    cancel();
  }

  return {
    async insist(until, write) {
      for (;;) {
        const isLast = isStopped || clock.now() >= until;
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
      stop();
    },
  };
}
