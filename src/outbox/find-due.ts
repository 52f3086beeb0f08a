import type { QueueState } from '../contract/store/index.js';
import type { InFlight } from './in-flight.js';
import type { OutboxWork } from './outbox-work.js';

/** Effects claimed at once. */
const MAX_CLAIMS = 50;

/** Claims everything that is due and that nobody holds, and begins it: retries, and what a crash has left. */
export async function sweep(work: OutboxWork, inFlight: InFlight): Promise<void> {
  const { store, clock, jobs, pauses, resting } = work;
  const { held } = inFlight;
  // After the wall clock was set back, the store does not know yet that these are due.
  for (const { session, notBefore } of pauses.overdue()) {
    const claim = await store.sessions.claim(notBefore, { session, held });
    if (claim) inFlight.begin(claim);
  }
  const queues = [...(await store.sessions.queues())].sort((a, b) => rankOf(a) - rankOf(b));
  for (const { queue, dueAt } of queues) {
    // If something is due already but cannot be claimed, the next regular sweep is soon enough.
    if (dueAt > clock.now()) jobs.soon('effects', dueAt);
    while (dueAt <= clock.now() && !resting.signal.aborted) {
      if (inFlight.isFull()) return;
      const claims = await store.sessions.claimMany(clock.now(), { queue, max: MAX_CLAIMS, held });
      for (const claim of claims) inFlight.begin(claim);
      if (claims.length < MAX_CLAIMS) break;
    }
  }
}

/** Replies come before calls, and calls before campaigns. */
function rankOf({ queue }: QueueState): number {
  return ['reply', 'call', 'campaign'].indexOf(queue.split('|', 1)[0] ?? '');
}

/** Claims a send in doubt at once, because a receipt has proven that the provider accepted it. */
export async function prove(
  { store, clock, log, pauses, resting }: OutboxWork,
  inFlight: InFlight,
  { session, effectId }: { readonly session: string; readonly effectId: string },
): Promise<void> {
  if (resting.signal.aborted) return;
  pauses.forget(effectId);
  try {
    const claim = await store.sessions.claim(clock.now(), { session, proven: effectId, held: inFlight.held });
    if (claim) inFlight.begin(claim);
  } catch (error) {
    log.warn({ session, error: error instanceof Error ? error.message : String(error) }, 'a proven send could not be settled yet');
  }
}
