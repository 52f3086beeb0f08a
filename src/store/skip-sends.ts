import type { SendFailure } from '../contract/index.js';
import type { TurnCommit } from '../contract/store/index.js';
import type { DeliveryRow, KeptEffect } from './session-record.js';

/**
 * Removes the queued sends to some addresses. A send that is being performed may still be accepted by the provider, so it stays, and is not
 * tried again if it fails.
 */
export function skipSends(
  effects: readonly KeptEffect[],
  skips: TurnCommit['skips'],
): { readonly kept: readonly KeptEffect[]; readonly skipped: readonly DeliveryRow[] } {
  if (!skips) return { kept: effects, skipped: [] };
  const { addresses, error } = skips;
  const kept: KeptEffect[] = [];
  const skipped: DeliveryRow[] = [];
  for (const one of effects) {
    const { body } = one.effect;
    if (body.kind === 'call' || !addresses.includes(body.address)) kept.push(one);
    else if (one.status === 'queued') skipped.push(...(body.kind === 'send' ? [skippedRow(one, error)] : []));
    else kept.push({ ...one, skip: error });
  }
  return { kept, skipped };
}

/** Returns the row in the delivery log of a send that was never made. */
export function skippedRow({ effect }: KeptEffect, error: SendFailure): DeliveryRow {
  return { effect: effect.id, status: 'skipped', error };
}
