import type { InFlight } from './in-flight.js';
import type { OutboxWork } from './outbox-work.js';

/** Claims everything that is due and that nobody holds, and begins it: retries, and what a crash has left. */
export async function sweep(work: OutboxWork, inFlight: InFlight): Promise<void> {
  const { store, clock, jobs, pauses, resting } = work;
  const { held } = inFlight;
  // After the wall clock was set back, the store does not know yet that these are due.
  for (const { session, notBefore } of pauses.overdue()) {
    const claim = await store.sessions.claim(notBefore, { session, held });
    if (claim) inFlight.begin(claim);
  }
  while (!resting.signal.aborted) {
    if (inFlight.isFull()) return;
    const claim = await store.sessions.claim(clock.now(), { any: true, held });
    if (!claim) break;
    inFlight.begin(claim);
  }
  const { effect } = await store.sessions.nextDue();
  // If something is due already but could not be claimed, the next regular sweep is soon enough.
  if (effect !== undefined && effect > clock.now()) jobs.soon('effects', effect);
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
