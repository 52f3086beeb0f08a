import { partId, type SendBody, type Settlement } from '../contract/index.js';
import type { DeliveryRow, KeptEffect } from './session-record.js';
import { skippedRow } from './skip-sends.js';

export function applySettlement(
  effects: readonly KeptEffect[],
  result: Settlement,
): { readonly effects: readonly KeptEffect[]; readonly deliveries: readonly DeliveryRow[] } {
  const one = effects.find((other) => other.effect.id === result.effect);
  if (!one) return { effects, deliveries: [] };
  if (result.outcome === 'retry' && one.skip)
    return { effects: effects.filter((other) => other !== one), deliveries: [skippedRow(one, one.skip)] };
  if (result.outcome === 'retry') {
    // Whoever settles it has to say that it is in doubt still: what was proven meanwhile is not.
    const { lease: _, inDoubt: __, doubts: ___, parked: ____, ...rest } = one;
    const { effect: _____, outcome: ______, untried, ...retry } = result;
    const again: KeptEffect = { ...rest, ...retry, status: 'queued', attempts: one.attempts + (untried ? 0 : 1) };
    return { effects: effects.map((other) => (other === one ? again : other)), deliveries: [] };
  }
  const left = effects.filter((other) => other !== one);
  return { effects: left, deliveries: one.effect.body.kind === 'send' ? deliveriesOf(result, one.effect.body) : [] };
}

/** Earlier parts of a message have rows under ids of their own. */
function deliveriesOf(result: Extract<Settlement, { outcome: 'done' | 'dead' }>, { before = [] }: SendBody): readonly DeliveryRow[] {
  if (result.outcome === 'dead') return [{ effect: result.effect, status: 'failed', error: result.error, dead: true }];
  const ids = result.receipt?.providerIds ?? [];
  if (ids.length === 0) return [{ effect: result.effect, status: 'sent' }];
  return ids.map((providerId, i) => ({
    effect: i < before.length ? partId(result.effect, i + 1) : result.effect,
    status: 'sent',
    providerId,
  }));
}
