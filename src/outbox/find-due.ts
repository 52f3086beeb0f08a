import type { Backlog } from './backlog.js';
import type { InFlight } from './in-flight.js';
import type { OutboxWork } from './outbox-work.js';

/** Takes what is due and what nobody holds, as far as there is room: retries, and what a crash has left. */
export async function sweep(work: OutboxWork, inFlight: InFlight, backlog: Backlog): Promise<void> {
  const { store, clock, jobs, pauses, resting } = work;
  const { held } = inFlight;
  // After the wall clock was set back, the store does not know yet that these are due.
  for (const { session, notBefore } of pauses.overdue()) {
    const claim = await store.sessions.claim(notBefore, { session, held });
    if (claim) inFlight.begin(claim);
  }
  if (resting.signal.aborted) return;
  const [now, queues] = [clock.now(), await store.sessions.queues()];
  for (const { dueAt } of queues) if (dueAt > now) jobs.soon('effects', dueAt);
  // If something is due already but cannot be claimed, the next regular sweep is soon enough.
  await backlog.take(queues.filter(({ dueAt }) => dueAt <= now).map(({ queue }) => queue));
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
