import type { SendFailure } from '../contract/index.js';
import type { TurnCommit } from '../contract/store/index.js';
import type { DeliveryRow, KeptEffect } from './session-record.js';

/**
 * Takes the queued sends to some addresses out of the queue. A send that is being performed may still be accepted by the provider, so it stays,
 * and is not tried again if it fails. One that a run waits for stays as well, due at once: whoever claims it tells the run.
 */
export function skipSends(
  effects: readonly KeptEffect[],
  skips: TurnCommit['skips'],
): { readonly kept: readonly KeptEffect[]; readonly skipped: readonly DeliveryRow[] } {
  if (!skips) return { kept: effects, skipped: [] };
  const { error } = skips;
  const kept: KeptEffect[] = [];
  const skipped: DeliveryRow[] = [];
  for (const one of effects) {
    const { body, awaited } = one.effect;
    if (!isMeant(one, skips)) kept.push(one);
    else if (one.status === 'claimed') kept.push({ ...one, skip: error });
    else if (awaited !== undefined) kept.push({ ...dueAtOnce(one), skip: error });
    else if (body.kind === 'send') skipped.push(skippedRow(one, error));
  }
  return { kept, skipped };
}

function isMeant({ effect: { body, at } }: KeptEffect, { addresses, until }: NonNullable<TurnCommit['skips']>): boolean {
  if (body.kind === 'call' || !addresses.includes(body.address)) return false;
  const last = until?.[body.address];
  return last === undefined || at <= last;
}

/** A send in doubt waits on for the receipt that may prove it. */
function dueAtOnce(one: KeptEffect): KeptEffect {
  if (one.inDoubt) return one;
  const { parked: _, notBefore: __, ...rest } = one;
  return rest;
}

/** Returns the row in the delivery log of a send that was never made. */
export function skippedRow({ effect }: KeptEffect, error: SendFailure): DeliveryRow {
  return { effect: effect.id, status: 'skipped', error };
}
