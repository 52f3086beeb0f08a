import { CALL_GRACE, type Claim, type ClaimFrom, type IsoTime, plusMillis, SEND_LEASE } from '../contract/index.js';
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

/** The head send of a session that nobody holds, or its first free call. */
export function planClaim(record: SessionRecord, now: IsoTime, from: ClaimFrom, newToken: NewToken): Planned | undefined {
  if (isMerged(record)) return undefined;
  const proven = 'session' in from ? from.proven : undefined;
  const freed = releaseExpired(record, now, from);
  const claimed = claimWhatIsDue(freed, now, newToken, { one: true, ...(proven === undefined ? {} : { proven }) });
  if (claimed.claims.length === 0 && freed === record) return undefined;
  return { record: { ...claimed.record, rev: record.rev + 1 }, claims: claimed.claims, deliveries: [] };
}

interface ClaimRequest {
  /** Also every free call. */
  readonly calls?: true;
  /** At most one effect. */
  readonly one?: true;
  readonly sendsOnly?: true;
  /** A receipt has shown that this send was accepted: its time to wait for one is over. */
  readonly proven?: string;
}

export function claimWhatIsDue(
  record: SessionRecord,
  now: IsoTime,
  newToken: NewToken,
  request: ClaimRequest,
): { readonly record: SessionRecord; readonly claims: readonly Claim[] } {
  const claims: Claim[] = [];
  if (isMerged(record)) return { record, claims };
  let effects = record.effects;
  let lease = record.lease;
  const take = (one: KeptEffect, until: IsoTime): Lease => {
    const taken = { token: newToken(), until };
    const kept: KeptEffect = { ...one, status: 'claimed', ...(isCallEffect(one) ? { lease: taken } : {}) };
    effects = effects.map((other) => (other.effect.id === one.effect.id ? kept : other));
    const { lease: _, ...effect } = kept;
    // The claimant is to know what was known before, so `status` apart it gets the effect as it stood.
    claims.push({ session: record.id, ...taken, effect });
    return taken;
  };
  const head = sendLeases(record).length > 0 ? undefined : (findUnparked(effects, now, request) ?? headSend(effects));
  if (head && (isDue(head, now) || head.effect.id === request.proven)) lease = take(head, plusMillis(now, SEND_LEASE));
  if (!request.sendsOnly && !(request.one && claims.length > 0)) {
    for (const call of effects.filter((one) => isCallEffect(one) && !one.lease && isDue(one, now))) {
      take(call, plusMillis(now, callDeadline(call) + CALL_GRACE));
      if (request.one) break;
    }
  }
  return { record: { ...record, effects, ...(lease ? { lease } : {}) }, claims };
}

function findUnparked(effects: readonly KeptEffect[], now: IsoTime, request: ClaimRequest): KeptEffect | undefined {
  return effects.find((one) => one.parked && (one.effect.id === request.proven || (one.notBefore !== undefined && one.notBefore <= now)));
}

function isDue(one: KeptEffect, now: IsoTime): boolean {
  return one.notBefore === undefined || one.notBefore <= now;
}

function callDeadline({ effect }: KeptEffect): number {
  return effect.body.kind === 'call' ? effect.body.deadline : 0;
}
