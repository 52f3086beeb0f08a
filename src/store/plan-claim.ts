import { CALL_GRACE, SEND_LEASE } from '../contract/host/index.js';
import { type IsoTime, plusMillis } from '../contract/index.js';
import type { Claim, ClaimFrom } from '../contract/store/index.js';
import { releaseExpired } from './release-leases.js';
import {
  headSend,
  isCallEffect,
  isMerged,
  type KeptEffect,
  type Lease,
  type NewToken,
  type Planned,
  type SessionRecord,
  sendLeases,
} from './session-record.js';

/** Plans a claim: the next send of a session if nobody holds one, else its first free call. Expired leases are released on the way. */
export function planClaim(
  record: SessionRecord,
  from: ClaimFrom,
  { now, newToken }: { readonly now: IsoTime; readonly newToken: NewToken },
): Planned | undefined {
  if (isMerged(record)) return undefined;
  const proven = 'session' in from ? from.proven : undefined;
  const freed = releaseExpired(record, now, from);
  const claimed = claimDue(freed, { now, newToken, onlyOne: true, ...(proven === undefined ? {} : { proven }) });
  if (claimed.claims.length === 0 && freed === record) return undefined;
  return { record: { ...claimed.record, rev: record.rev + 1 }, claims: claimed.claims, deliveries: [] };
}

interface ClaimRequest {
  readonly now: IsoTime;
  readonly newToken: NewToken;
  /** Claims at most one effect: a send if one is due, else a call. By default the next send and every free call. */
  readonly onlyOne?: true;
  /** Claims no call. */
  readonly sendsOnly?: true;
  /** A send in doubt that a receipt has proven to be accepted: it is due at once. */
  readonly proven?: string;
}

/** Claims what is due now and not held by anybody. Leaves `rev` as it is. */
export function claimDue(
  record: SessionRecord,
  request: ClaimRequest,
): { readonly record: SessionRecord; readonly claims: readonly Claim[] } {
  const { now, newToken } = request;
  const claims: Claim[] = [];
  if (isMerged(record)) return { record, claims };
  let effects = record.effects;
  let lease = record.lease;
  const take = (one: KeptEffect, until: IsoTime): Lease => {
    const taken = { token: newToken(), until };
    const kept: KeptEffect = { ...one, status: 'claimed', ...(isCallEffect(one) ? { lease: taken } : {}) };
    effects = effects.map((other) => (other.effect.id === one.effect.id ? kept : other));
    const { lease: _, ...effect } = kept;
    claims.push({ session: record.id, ...taken, effect });
    return taken;
  };
  const head = sendLeases(record).length > 0 ? undefined : (dueParkedSend(effects, request) ?? headSend(effects));
  if (head && (isDue(head, now) || head.effect.id === request.proven)) lease = take(head, plusMillis(now, SEND_LEASE));
  if (!request.sendsOnly && !(request.onlyOne && claims.length > 0)) {
    for (const call of effects.filter((one) => isCallEffect(one) && !one.lease && isDue(one, now))) {
      take(call, plusMillis(now, callDeadline(call) + CALL_GRACE));
      if (request.onlyOne) break;
    }
  }
  return { record: { ...record, effects, lease }, claims };
}

/** Returns a parked send whose time has come, or which a receipt has proven. */
function dueParkedSend(effects: readonly KeptEffect[], { now, proven }: ClaimRequest): KeptEffect | undefined {
  return effects.find((one) => one.parked && (one.effect.id === proven || (one.notBefore !== undefined && one.notBefore <= now)));
}

function isDue(one: KeptEffect, now: IsoTime): boolean {
  return one.notBefore === undefined || one.notBefore <= now;
}

function callDeadline({ effect }: KeptEffect): number {
  return effect.body.kind === 'call' ? effect.body.deadline : 0;
}
