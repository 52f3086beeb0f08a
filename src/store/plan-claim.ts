import { CALL_GRACE, SEND_LEASE } from '../contract/host/index.js';
import { type Effect, type IsoTime, plusMillis } from '../contract/index.js';
import { type Claim, type ClaimFrom, type ClaimManyFrom, queueOf } from '../contract/store/index.js';
import { releaseExpired } from './release-leases.js';
import {
  headSend,
  isCallEffect,
  isInOrder,
  isMerged,
  type KeptEffect,
  type Lease,
  type NewToken,
  type Planned,
  type SessionRecord,
  sendLeases,
} from './session-record.js';

type ClaimHow = Pick<ClaimFrom, 'held' | 'proven'> & Partial<Pick<ClaimManyFrom, 'queue'>>;

/**
 * Plans a claim: of a session the next send if nobody holds one, else its first free call; or the same of one queue only. Expired leases are
 * released on the way.
 */
export function planClaim(
  record: SessionRecord,
  from: ClaimHow,
  { now, newToken }: { readonly now: IsoTime; readonly newToken: NewToken },
): Planned | undefined {
  if (isMerged(record)) return undefined;
  const freed = releaseExpired(record, now, from);
  const { queue, proven } = from;
  const claimed = claimDue(freed, {
    now,
    newToken,
    max: 1,
    ...(queue === undefined ? {} : { mayClaim: (effect) => queueOf(effect) === queue }),
    ...(proven === undefined ? {} : { proven }),
  });
  if (claimed.claims.length === 0 && freed === record) return undefined;
  return { record: { ...claimed.record, rev: record.rev + 1 }, claims: claimed.claims, deliveries: [] };
}

interface ClaimRequest {
  readonly now: IsoTime;
  readonly newToken: NewToken;
  /** How many effects are claimed at most. Default: the next send and every free call. */
  readonly max?: number;
  /** Returns false for effects that must not be claimed. Default: all may be. */
  readonly mayClaim?: (effect: Effect) => boolean;
  /** A send in doubt that a receipt has proven to be accepted: it is due at once. */
  readonly proven?: string;
}

/** Claims what is due now and not held by anybody, the next send first. Leaves `rev` as it is. */
export function claimDue(
  record: SessionRecord,
  request: ClaimRequest,
): { readonly record: SessionRecord; readonly claims: readonly Claim[] } {
  const { newToken, max = Number.POSITIVE_INFINITY } = request;
  const claims: Claim[] = [];
  if (record.effects.length === 0 || isMerged(record)) return { record, claims };
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
  const send = sendLeases(record).length > 0 ? undefined : nextSend(effects, request);
  if (send) lease = take(send, plusMillis(request.now, SEND_LEASE));
  for (const call of effects) {
    if (claims.length >= max) break;
    if (isCallEffect(call) && !call.lease && isInOrder(call, record.effects) && isDue(call, request))
      take(call, plusMillis(request.now, callDeadline(call) + CALL_GRACE));
  }
  return { record: { ...record, effects, lease }, claims };
}

/** Returns the send to claim: a parked one whose time has come, else the one that is next in order. */
function nextSend(effects: readonly KeptEffect[], request: ClaimRequest): KeptEffect | undefined {
  const parked = effects.find((one) => one.parked && one.notBefore !== undefined && isDue(one, request));
  if (parked) return parked;
  const head = headSend(effects);
  return head && isDue(head, request) ? head : undefined;
}

function isDue({ effect, notBefore }: KeptEffect, { now, proven, mayClaim }: ClaimRequest): boolean {
  const isTime = notBefore === undefined || notBefore <= now || effect.id === proven;
  return isTime && (mayClaim === undefined || mayClaim(effect));
}

function callDeadline({ effect }: KeptEffect): number {
  return effect.body.kind === 'call' ? effect.body.deadline : 0;
}
