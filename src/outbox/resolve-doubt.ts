import {
  type Clock,
  doubtsOf,
  type Effect,
  MAX_REPEATS,
  partId,
  plusMillis,
  proofWait,
  type Settlement,
  type Store,
  type WaitingEffect,
} from '../contract/index.js';
import type { KnownChannel } from '../published/channel-book.js';
import { dead, putOff } from './put-off.js';

export interface DoubtParts {
  readonly store: Store;
  readonly clock: Clock;
  /** When this host began to hear receipts, by the clock that never goes back. */
  readonly startedAt: number;
}

/**
 * What is known by now of a send in doubt. Receipts may have shown what the provider has taken, or that it failed; else it is repeated, unless
 * that was done often enough or the channel says that it never should be. A host that has just started waits for a receipt as long as
 * anybody: what came while it was down is brought again.
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
  const proven = ids.flatMap((id) => proofs.get(id)?.providerIds ?? []).filter((id) => !providerIds.includes(id));
  if (proven.length > 0) {
    const { inDoubt: _, doubts: __, ...known } = waiting;
    return { ...known, accepted: accepted + proven.length, providerIds: [...providerIds, ...proven] };
  }
  const early = startedAt + proofWait(doubtsOf(waiting)) - clock.monotonic();
  if (early > 0) return putOff(waiting, plusMillis(clock.now(), early), waiting.reason ?? 'its receipt may still come');
  const onUnknown = adapter.onUnknown?.(config) ?? 'repeat';
  if (onUnknown !== 'fail' && doubtsOf(waiting) <= MAX_REPEATS) return waiting;
  return dead(effect.id, { kind: 'unknown', code: 'send/unknown', message: 'it is not known whether the provider has taken it' });
}

/** Under which ids the earlier parts of a send are known. */
function partsOf({ id, body }: Effect): readonly string[] {
  return body.kind === 'send' ? (body.before ?? []).map((_, i) => partId(id, i + 1)) : [];
}
