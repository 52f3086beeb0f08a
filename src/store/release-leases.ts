import { type ClaimFrom, doubtsOf, type IsoTime, MAX_RETRY_AFTER, plusMillis, proofWait } from '../contract/index.js';
import type { KeptEffect, Lease, SessionRecord } from './session-record.js';
import { isCallEffect } from './session-record.js';

/**
 * For the start of a host that alone owns the store: what a dead process held is free, its sends are in doubt, and what the clock has
 * stranded is due. The record itself where there is nothing of that.
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

/** Leases that ran out: their sends are in doubt and wait for a proof, their calls are free. The record itself where there are none. */
export function releaseExpired(record: SessionRecord, now: IsoTime, from: ClaimFrom): SessionRecord {
  const isOver = (lease: Lease | undefined) => lease !== undefined && lease.until <= now && !from.held?.has(lease.token);
  const lost = isOver(record.lease);
  if (!lost && !record.effects.some((one) => isOver(one.lease))) return record;
  const { lease, ...rest } = record;
  const effects = record.effects.map((one) => {
    if (isCallEffect(one)) return isOver(one.lease) ? release(one, undefined) : one;
    // A send that came along from a session that was merged has a lease of its own.
    const held = one.lease ?? (one.status === 'claimed' ? lease : undefined);
    if (!held || !isOver(held)) return one;
    const isProven = 'session' in from && one.effect.id === from.proven;
    return release(one, isProven ? undefined : held.until);
  });
  return { ...rest, ...(lease && !lost ? { lease } : {}), effects };
}

/** Back in the queue after its holder was lost at that time; a send waits for a proof from then on, if there is a time. */
function release(one: KeptEffect, lostAt: IsoTime | undefined): KeptEffect {
  const { lease: _, notBefore: __, ...rest } = one;
  const freed: KeptEffect = { ...rest, status: 'queued', attempts: one.attempts + 1 };
  if (isCallEffect(one)) return lostAt === undefined ? freed : { ...freed, notBefore: lostAt };
  const doubts = doubtsOf(one) + 1;
  const waits = lostAt === undefined ? {} : { notBefore: plusMillis(lostAt, proofWait(doubts)) };
  return { ...freed, inDoubt: true, doubts, reason: 'the host was lost while it was sending', ...waits };
}

/** Put off for longer than any pause: the wall clock was set back since. */
function isStranded({ parked, notBefore }: KeptEffect, now: IsoTime): boolean {
  return !parked && notBefore !== undefined && notBefore > plusMillis(now, MAX_RETRY_AFTER);
}
