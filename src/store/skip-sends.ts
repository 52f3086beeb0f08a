import type { SendFailure, TurnCommit } from '../contract/index.js';
import type { DeliveryRow, KeptEffect } from './session-record.js';

/** Takes sends out of the queue that are never to be made. One that is under way may be taken by the provider; it is not tried again. */
export function skipping(
  effects: readonly KeptEffect[],
  { skips }: Pick<TurnCommit, 'skips'>,
): { readonly kept: readonly KeptEffect[]; readonly skipped: readonly DeliveryRow[] } {
  if (!skips) return { kept: effects, skipped: [] };
  const { addresses, error } = skips;
  const isMeant = ({ effect: { body } }: KeptEffect) => body.kind === 'send' && addresses.includes(body.address);
  const gone = effects.filter((one) => isMeant(one) && one.status === 'queued');
  const kept = effects.filter((one) => !gone.includes(one)).map((one) => (isMeant(one) ? { ...one, skip: error } : one));
  return { kept, skipped: gone.map((one) => skippedRow(one, error)) };
}

/** What the delivery log says of a send that was never made. */
export function skippedRow({ effect }: KeptEffect, error: SendFailure): DeliveryRow {
  return { effect: effect.id, status: 'skipped', error };
}
