import type { Jobs } from '../contract/host/index.js';
import { type Clock, plusMillis } from '../contract/index.js';
import { PRUNABLE, type Store } from '../contract/store/index.js';

const DAY = 86_400_000;
/** The maximum number of batches of a kind that one call removes. If there are more, the next call is soon. */
const MAX_BATCHES = 20;
const SOON = 10_000;

/**
 * Removes turns, deliveries, starts and ids of forgotten people that are older than `days`, and expired sign-ins, in small batches. The
 * audit log stays.
 */
export async function keepRetention({
  store,
  clock,
  jobs,
  days,
  steadyFor,
  stopping,
}: {
  readonly store: Store;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly days: number;
  /** For how many milliseconds the wall clock was not set; absent if it never is. */
  readonly steadyFor?: () => number;
  readonly stopping?: AbortSignal;
}): Promise<void> {
  // A clock that was set a year ahead would remove everything.
  if (steadyFor && steadyFor() < DAY) return;
  let isMore = false;
  for (const what of PRUNABLE) {
    const before = what === 'signIns' ? clock.now() : plusMillis(clock.now(), -days * DAY);
    let batches = 0;
    while (!stopping?.aborted && batches < MAX_BATCHES && (await store.retention.prune(what, before))) batches += 1;
    if (batches === MAX_BATCHES) isMore = true;
  }
  if (isMore) jobs.soon('retention', plusMillis(clock.now(), SOON));
}
