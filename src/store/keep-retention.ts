import type { Jobs } from '../contract/host/index.js';
import { type Clock, plusMillis } from '../contract/index.js';
import { PRUNABLE, type Store } from '../contract/store/index.js';

const DAY = 86_400_000;
/** How many batches of a kind one look removes; the next look is soon where there are more. */
const MOST_BATCHES = 20;
const SOON = 10_000;

/** Removes what is older than `days`, in small batches: turns, deliveries, starts, and ids of people who were forgotten. The audit stays. */
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
  /** How long nobody has set the wall clock, in milliseconds; absent: nobody ever does. */
  readonly steadyFor?: () => number;
  readonly stopping?: AbortSignal;
}): Promise<void> {
  // A clock that is a year ahead would have everything removed.
  if (steadyFor && steadyFor() < DAY) return;
  const before = plusMillis(clock.now(), -days * DAY);
  let isMore = false;
  for (const what of PRUNABLE) {
    let batches = 0;
    while (!stopping?.aborted && batches < MOST_BATCHES && (await store.retention.prune(what, before))) batches += 1;
    if (batches === MOST_BATCHES) isMore = true;
  }
  if (isMore) jobs.soon('retention', plusMillis(clock.now(), SOON));
}
