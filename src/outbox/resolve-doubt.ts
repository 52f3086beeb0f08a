import { MAX_REPEATS } from '../contract/host/index.js';
import { type Clock, type Effect, partId, plusMillis } from '../contract/index.js';
import { doubtsOf, proofWait, type Settlement, type Store, type WaitingEffect } from '../contract/store/index.js';
import type { KnownChannel } from '../published/known-channel.js';
import { dead, putOff } from './put-off.js';

export interface DoubtParts {
  readonly store: Store;
  readonly clock: Clock;
  /** When this host began to receive receipts, on the monotonic clock. */
  readonly startedAt: number;
}

/**
 * Finds out what became of a send in doubt. Receipts may have shown that the provider accepted it, or that it failed. Otherwise it is sent
 * again, unless that was done too often, or the channel forbids it. A host that has just been started first waits for receipts as long as
 * any other: providers send again what came while it was down.
 */
export async function resolveDoubt(
  { store, clock, startedAt }: DoubtParts,
  waiting: WaitingEffect,
  { adapter, config }: Pick<KnownChannel, 'adapter' | 'config'>,
): Promise<WaitingEffect | Settlement> {
  const { effect, accepted, providerIds } = waiting;
  const ids = [...partsOf(effect), effect.id];
  const proofs = await store.deliveries.of(ids);
  const proof = proofs.get(effect.id);
  if (proof?.status === 'failed' && proof.error) return dead(effect.id, proof.error);
  // It was settled as accepted without an id of the provider, and its host was lost before the record was written.
  if (proof?.status === 'sent' && proof.providerIds.length === 0) return { effect: effect.id, outcome: 'done' };
  const proven = ids.flatMap((id) => proofs.get(id)?.providerIds ?? []).filter((id) => !providerIds.includes(id));
  if (proven.length > 0) {
    const { inDoubt: _, doubts: __, ...known } = waiting;
    return { ...known, accepted: accepted + proven.length, providerIds: [...providerIds, ...proven] };
  }
  const early = startedAt + proofWait(doubtsOf(waiting)) - clock.monotonic();
  if (early > 0) return putOff(waiting, plusMillis(clock.now(), early), waiting.reason ?? 'its receipt may still come');
  const onUnknown = adapter.onUnknown?.(config) ?? 'repeat';
  if (onUnknown !== 'fail' && doubtsOf(waiting) <= MAX_REPEATS) return waiting;
  return dead(effect.id, { kind: 'unknown', code: 'send/unknown', message: 'it is unknown whether the provider has accepted it' });
}

/** Returns the ids of the earlier parts of a send. */
function partsOf({ id, body }: Effect): readonly string[] {
  return body.kind === 'send' ? (body.before ?? []).map((_, i) => partId(id, i + 1)) : [];
}
