import type { Effect, IsoTime } from '../contract/index.js';
import type { Claim, Settlement } from '../contract/store/index.js';
import { applySettlement } from './apply-settlement.js';
import { claimDue } from './plan-claim.js';
import {
  type DeliveryRow,
  isCallEffect,
  isMerged,
  type KeptEffect,
  type NewToken,
  type Planned,
  type SessionRecord,
} from './session-record.js';

/**
 * Plans a settlement: takes the outcome of a claimed effect, and claims what is next in the session: a send, or a notice after a notice. `moved`: the session was merged into
 * another one, and the effect with it. Undefined if the claim's lease is lost, see `isLateSuccess` for the exception.
 */
export function planSettle(
  record: SessionRecord,
  claim: Claim,
  { now, results, newToken }: { readonly now: IsoTime; readonly results: readonly Settlement[]; readonly newToken: NewToken },
): Planned | 'moved' | undefined {
  if (isMerged(record)) return 'moved';
  const own = record.effects.find((one) => one.lease?.token === claim.token);
  const isHeld = own !== undefined || record.lease?.token === claim.token;
  const accepted = isHeld ? results : results.filter((result) => isLateSuccess(record, result));
  if (!isHeld && accepted.length === 0) return undefined;
  let effects = record.effects;
  const deliveries: DeliveryRow[] = [];
  for (const result of accepted) {
    const applied = applySettlement(effects, result);
    effects = applied.effects;
    deliveries.push(...applied.deliveries);
  }
  const lease = record.lease?.token === claim.token ? undefined : record.lease;
  const next: SessionRecord = { ...record, rev: record.rev + 1, effects, lease };
  const claimed = claimDue(next, { now, newToken, max: 1, mayClaim: own && isCallEffect(own) ? isNextOf(own) : isSend });
  return { record: claimed.record, claims: claimed.claims, deliveries };
}

/** After a notice, the next one of the session is claimed; after any other call, nothing is. */
function isNextOf({ effect }: KeptEffect): (next: Effect) => boolean {
  const isNotice = effect.body.kind === 'call' && effect.body.notice !== undefined;
  return ({ body }) => isNotice && body.kind === 'call' && body.notice !== undefined;
}

function isSend({ body }: Effect): boolean {
  return body.kind !== 'call';
}

/**
 * Returns true for a send that the provider accepted, although its lease ended before that could be stored. Its holder knows for certain
 * what everybody else waits to learn from a receipt. If somebody is sending it again already, they settle it.
 */
function isLateSuccess({ effects }: SessionRecord, { effect, outcome }: Settlement): boolean {
  return outcome === 'done' && effects.some((one) => one.effect.id === effect && one.inDoubt && one.status === 'queued');
}
