import type { Claim, IsoTime, Settlement } from '../contract/index.js';
import { applySettlement } from './apply-settlement.js';
import { claimWhatIsDue } from './plan-claim.js';
import { type DeliveryRow, isCallEffect, isMerged, type NewToken, type Planned, type SessionRecord } from './session-record.js';

/**
 * Acts only where the claim's token still holds; goes on with the next send of the session under a fresh lease. `moved`: the session was
 * merged into another one, to which the effect goes along.
 */
export function planSettle(
  record: SessionRecord,
  now: IsoTime,
  claim: Claim,
  work: { readonly results: readonly Settlement[]; readonly newToken: NewToken },
): Planned | 'moved' | undefined {
  if (isMerged(record)) return 'moved';
  const own = record.effects.find((one) => one.lease?.token === claim.token);
  const isSend = record.lease?.token === claim.token || (own !== undefined && !isCallEffect(own));
  if (!isSend && !own) return undefined;
  let effects = record.effects;
  const deliveries: DeliveryRow[] = [];
  for (const result of work.results) {
    const applied = applySettlement(effects, result);
    effects = applied.effects;
    deliveries.push(...applied.deliveries);
  }
  const { lease, ...rest } = record;
  const next: SessionRecord = { ...rest, ...(lease && lease.token !== claim.token ? { lease } : {}), rev: record.rev + 1, effects };
  const claimed = isSend ? claimWhatIsDue(next, now, work.newToken, { one: true, sendsOnly: true }) : { record: next, claims: [] };
  return { ...claimed, deliveries };
}
