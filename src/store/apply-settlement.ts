import { type CallBody, partId, type SendBody } from '../contract/index.js';
import type { Settlement } from '../contract/store/index.js';
import type { DeliveryRow, KeptEffect } from './session-record.js';
import { skippedRow } from './skip-sends.js';

/** Takes the outcome of an effect: it leaves the queue with a row for the delivery log, or stays for another attempt. */
export function applySettlement(
  effects: readonly KeptEffect[],
  result: Settlement,
): { readonly effects: readonly KeptEffect[]; readonly deliveries: readonly DeliveryRow[] } {
  const one = effects.find((other) => other.effect.id === result.effect);
  if (!one) return { effects, deliveries: [] };
  // A run that waits for a send hears that it was skipped, from whoever claims it next.
  if (result.outcome === 'retry' && (!one.skip || one.effect.awaited !== undefined))
    return { effects: effects.map((other) => (other === one ? retried(one, result) : other)), deliveries: [] };
  const left = effects.filter((other) => other !== one);
  if (result.outcome === 'retry') return { effects: left, deliveries: one.skip ? [skippedRow(one, one.skip)] : [] };
  if (result.outcome === 'skipped') return { effects: left, deliveries: [skippedRow(one, result.error)] };
  const { body } = one.effect;
  return { effects: left, deliveries: body.kind === 'typing' ? [] : deliveriesOf(result, body) };
}

/** An effect is in doubt only if its latest settlement says so: a proof may have come since the one before. */
function retried(one: KeptEffect, result: Extract<Settlement, { outcome: 'retry' }>): KeptEffect {
  const { lease: _, inDoubt: __, doubts: ___, parked: ____, ...rest } = one;
  const { effect: _____, outcome: ______, untried, ...retry } = result;
  return { ...rest, ...retry, status: 'queued', attempts: one.attempts + (untried ? 0 : 1) };
}

/** The earlier parts of a message that was split have rows under ids of their own. Of calls, only notices that were given up have a row. */
function deliveriesOf(result: Extract<Settlement, { outcome: 'done' | 'dead' }>, body: SendBody | CallBody): readonly DeliveryRow[] {
  if (result.outcome === 'dead') return [{ effect: result.effect, status: 'failed', error: result.error, dead: true }];
  if (body.kind === 'call') return [];
  const { before = [] } = body;
  const ids = result.receipt?.providerIds ?? [];
  if (ids.length === 0) return [{ effect: result.effect, status: 'sent' }];
  return ids.map((providerId, i) => ({
    effect: i < before.length ? partId(result.effect, i + 1) : result.effect,
    status: 'sent',
    providerId,
  }));
}
