import { MAX_RETRY_AFTER } from '../contract/host/index.js';
import { type IsoTime, plusMillis } from '../contract/index.js';
import { type ClaimFrom, doubtsOf, proofWait } from '../contract/store/index.js';
import { isCallEffect, type KeptEffect, type Lease, type SessionRecord } from './session-record.js';

/**
 * Releases every lease. For the start of a host that owns the store alone: whoever held a lease is dead. Sends that were being performed
 * are in doubt. Effects that a clock set back has put off too far are due now. Returns the same record if nothing changes.
 */
export function releaseLeases(record: SessionRecord, now: IsoTime): SessionRecord {
  const isHeld = record.lease !== undefined || record.effects.some((one) => one.lease !== undefined);
  if (!isHeld && !record.effects.some((one) => isStranded(one, now))) return record;
  const { lease: _, ...rest } = record;
  const effects = record.effects.map((one) => {
    if (one.status === 'claimed') return release(one, now);
    return isStranded(one, now) ? { ...one, notBefore: now } : one;
  });
  return { ...rest, rev: record.rev + 1, effects };
}

/**
 * Releases the leases that have ended, except those in `from.held`: their sends are in doubt and wait for a proof, their calls are free.
 * Returns the same record if nothing changes.
 */
export function releaseExpired(record: SessionRecord, now: IsoTime, from: Pick<ClaimFrom, 'held' | 'proven'>): SessionRecord {
  const isOver = (lease: Lease | undefined) => lease !== undefined && lease.until <= now && !from.held?.has(lease.token);
  const isHeadLost = isOver(record.lease);
  if (!isHeadLost && !record.effects.some((one) => isOver(one.lease))) return record;
  const { lease, ...rest } = record;
  const effects = record.effects.map((one) => {
    if (isCallEffect(one)) return isOver(one.lease) ? release(one, undefined) : one;
    const held = one.lease ?? (one.status === 'claimed' ? lease : undefined);
    if (!held || !isOver(held)) return one;
    return release(one, one.effect.id === from.proven ? undefined : held.until);
  });
  return { ...rest, ...(lease && !isHeadLost ? { lease } : {}), effects };
}

/** Returns an effect to the queue. `lostAt`: when its holder was lost; a send waits for a proof from then on, and without it is due at once. */
function release(one: KeptEffect, lostAt: IsoTime | undefined): KeptEffect {
  const { lease: _, notBefore: __, ...rest } = one;
  const freed: KeptEffect = { ...rest, status: 'queued', attempts: one.attempts + 1 };
  if (isCallEffect(one)) return lostAt === undefined ? freed : { ...freed, notBefore: lostAt };
  const doubts = doubtsOf(one) + 1;
  const waits = lostAt === undefined ? {} : { notBefore: plusMillis(lostAt, proofWait(doubts)) };
  return { ...freed, inDoubt: true, doubts, reason: 'the host was lost while it was sending', ...waits };
}

/** Returns true for an effect that is put off for longer than the longest pause: the wall clock was set back since. */
function isStranded({ parked, notBefore }: KeptEffect, now: IsoTime): boolean {
  return !parked && notBefore !== undefined && notBefore > plusMillis(now, MAX_RETRY_AFTER);
}
