import { doubtsOf, MOST_REPEATS, type Settlement, type Store, type WaitingEffect } from '../contract/index.js';
import { dead } from './put-off.js';

/**
 * What is known by now of a send in doubt. Receipts may have shown what the provider has taken, or that it failed; else it is repeated, unless
 * that was done often enough or the channel says that it never should be.
 */
export async function resolveDoubt(store: Store, waiting: WaitingEffect, config: unknown): Promise<WaitingEffect | Settlement> {
  const { effect, accepted, providerIds } = waiting;
  const proof = (await store.deliveries.of([effect.id])).get(effect.id);
  if (proof?.status === 'failed' && proof.error) return dead(effect.id, proof.error);
  const proven = (proof?.providerIds ?? []).filter((id) => !providerIds.includes(id));
  if (proven.length > 0) {
    const { inDoubt: _, doubts: __, ...known } = waiting;
    return { ...known, accepted: accepted + proven.length, providerIds: [...providerIds, ...proven] };
  }
  const onUnknown = config !== null && typeof config === 'object' && 'onUnknown' in config ? config.onUnknown : 'repeat';
  if (onUnknown !== 'fail' && doubtsOf(waiting) <= MOST_REPEATS) return waiting;
  return dead(effect.id, { kind: 'unknown', code: 'send/unknown', message: 'it is not known whether the provider has taken it' });
}
