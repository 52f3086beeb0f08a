import { OperationalError } from '../contract/host/index.js';
import type { Clock } from '../contract/index.js';
import type { OutboxWork } from './outbox-work.js';
import type { TimeLeft } from './time-left.js';

/** How long to wait before a write is tried again, in milliseconds. */
const RETRY_AFTER = 1_000;

/**
 * Stores what became of an effect. While the store is away, it is tried again until the lease ends: otherwise a send would be repeated
 * that the provider has accepted. Each write must be harmless when done again. A host that stops tries once more, at once.
 */
export async function retryUntilLeaseEnds<T>(
  { clock, resting: { signal } }: Pick<OutboxWork, 'clock' | 'resting'>,
  timeLeft: TimeLeft,
  write: () => Promise<T>,
): Promise<T> {
  for (;;) {
    const isLast = signal.aborted || timeLeft() <= 0;
    try {
      return await write();
    } catch (error) {
      if (isLast || !(error instanceof OperationalError)) throw error;
    }
    await pause(clock, signal);
  }
}

function pause(clock: Pick<Clock, 'after'>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const go = () => {
      cancel();
      signal.removeEventListener('abort', go);
      resolve();
    };
    const cancel = clock.after(RETRY_AFTER, go);
    signal.addEventListener('abort', go);
  });
}
