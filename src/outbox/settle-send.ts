import type { FlowEvent } from '../contract/index.js';
import type { Claim, Settlement } from '../contract/store/index.js';
import type { OutboxWork } from './outbox-work.js';
import { retryUntilLeaseEnds } from './retry-until-lease-ends.js';
import { settle, settleByTurn } from './settle-outcome.js';
import type { Work } from './time-left.js';

/** Settles a send, and tells the run that waits for its outcome. Returns the claim of what is due next in the session. */
export async function settleSend(work: OutboxWork, claimed: Work, result: Settlement): Promise<Claim | undefined> {
  const { session, effect } = claimed.claim;
  const { awaited } = effect.effect;
  const isFinal = result.outcome === 'dead' || result.outcome === 'skipped' || (result.outcome === 'done' && awaited === 'sent');
  if (awaited && isFinal && (await takeOutcome(work, claimed, result))) return undefined;
  // Before anybody can see the pause in the store: if the wall clock is set meanwhile, the effect may be claimed too early.
  if (result.outcome === 'retry') work.pauses.note({ session, effect: result.effect, notBefore: result.notBefore });
  else work.pauses.forget(result.effect);
  const next = await settle(work, claimed, result);
  if (result.outcome === 'retry') work.jobs.soon('effects', result.notBefore);
  if (awaited && result.outcome === 'done') await retryUntilLeaseEnds(work, claimed.timeLeft, () => takeEarlyReceipt(work, claimed.claim));
  return next;
}

/** Takes the outcome as a turn of the waiting run. The same write settles the send and claims what is due next. */
async function takeOutcome(work: OutboxWork, claimed: Work, result: Settlement): Promise<boolean> {
  const { id } = claimed.claim.effect.effect;
  const outcome =
    result.outcome === 'dead' || result.outcome === 'skipped'
      ? ({ status: 'failed', error: result.error } as const)
      : ({ status: 'sent', ...(result.outcome === 'done' ? messageIdOf(result) : {}) } as const);
  const event: FlowEvent = { id: `${id}:${outcome.status}`, at: work.clock.now(), type: 'receipt', effectId: id, ...outcome };
  return (await settleByTurn(work, claimed, { event, result })).kind === 'taken';
}

/** Takes a receipt that came before its send was settled. Providers that do not return our id send receipts that nobody can assign then. */
async function takeEarlyReceipt({ store, clock, takeTurn }: OutboxWork, { session, effect: { effect } }: Claim): Promise<void> {
  const early = (await store.deliveries.of([effect.id])).get(effect.id);
  if (!early || early.status === 'sent' || early.status === 'skipped') return;
  const { status, error } = early;
  await takeTurn(session, {
    id: `${effect.id}:${status}`,
    at: clock.now(),
    type: 'receipt',
    effectId: effect.id,
    status,
    ...(error ? { error } : {}),
  });
}

function messageIdOf({ receipt }: Extract<Settlement, { outcome: 'done' }>): { readonly messageId?: string } {
  const messageId = receipt?.providerIds.at(-1);
  return messageId === undefined ? {} : { messageId };
}
