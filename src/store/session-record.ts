import {
  CALL_GRACE,
  type Claim,
  type ClaimFrom,
  type Effect,
  type IsoTime,
  PARKED,
  partId,
  plusMillis,
  SEND_LEASE,
  type SendBody,
  type Settlement,
  type TurnCommit,
} from '../contract/index.js';
import { effectsAlong } from './adopted.js';
import type { DeliveryRow, Due, KeptEffect, Lease, NewToken, Planned, SessionRecord } from './record-shape.js';
import { releaseExpired } from './release-leases.js';
import { hasSeen, seenAfter } from './seen-events.js';
import { skippedRow, skipping } from './skip-sends.js';

/** True when an event may have been taken so long ago that only the turn log can tell. */
export function needsLogLookup(record: SessionRecord, turn: Pick<TurnCommit, 'eventTime'>): boolean {
  return record.oldestRemembered !== '' && turn.eventTime <= record.oldestRemembered;
}

/** The sessions under whose ids the turn log may have an event of this one. */
export function logsOf(record: SessionRecord): readonly string[] {
  return [record.id, ...(record.joined ?? [])];
}

/**
 * State, effects, event id and the outcome that this turn settles, in one new record; or why not. `adopted` is the record of the session
 * that `turn.adopts` names.
 */
export function planCommit(
  record: SessionRecord | undefined,
  turn: TurnCommit,
  newToken: NewToken,
  adopted?: SessionRecord,
): 'conflict' | 'duplicate' | Planned {
  if (record && hasSeen(record.seen, turn.event)) return 'duplicate';
  if ((record?.revision ?? 0) !== turn.base) return 'conflict';
  // A record that is marked as merged changes no more, until it is emptied.
  if (record?.index.mergedInto !== undefined && !turn.empties) return 'conflict';
  const before = record?.effects ?? [];
  const settled = turn.settles ? applySettlement(before, turn.settles.result) : { effects: before, deliveries: [] };
  const holdsLease = turn.settles?.claim !== undefined && record?.lease?.token === turn.settles.claim.token;
  const joined = adopted ? [...(record?.joined ?? []), ...logsOf(adopted)] : record?.joined;
  const { kept, skipped } = skipping(
    [...settled.effects.map((one) => unparked(one, turn.unparks)), ...(adopted ? effectsAlong(adopted) : [])],
    turn,
  );
  const next: SessionRecord = {
    id: turn.session,
    rev: (record?.rev ?? 0) + 1,
    revision: turn.base + 1,
    state: JSON.stringify(turn.state),
    parsed: turn.state,
    ...seenAfter(record, turn, adopted),
    effects: turn.empties ? [] : [...kept, ...turn.effects.flatMap((effect) => left(effect, turn))],
    ...(record?.lease && !holdsLease && !turn.empties ? { lease: record.lease } : {}),
    ...(joined ? { joined } : {}),
    index: turn.index,
    updatedAt: turn.now,
  };
  const claimed = claimWhatIsDue(next, turn.now, newToken, { calls: true });
  const answered: readonly DeliveryRow[] = turn.answered?.isWhole ? [{ effect: turn.answered.effect, status: 'sent' }] : [];
  return { ...claimed, deliveries: [...settled.deliveries, ...answered, ...skipped] };
}

/** The head send of a session that nobody holds, or its first free call. */
export function planClaim(record: SessionRecord, now: IsoTime, from: ClaimFrom, newToken: NewToken): Planned | undefined {
  if (isMerged(record)) return undefined;
  const proven = 'session' in from ? from.proven : undefined;
  const freed = releaseExpired(record, now, from);
  const claimed = claimWhatIsDue(freed, now, newToken, { one: true, ...(proven === undefined ? {} : { proven }) });
  if (claimed.claims.length === 0 && freed === record) return undefined;
  return { record: { ...claimed.record, rev: record.rev + 1 }, claims: claimed.claims, deliveries: [] };
}

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

/** When the outbox should look at this session, and for which lane. */
export function dueOf(record: SessionRecord): Due {
  if (isMerged(record)) return {};
  const head = headSend(record.effects);
  const heldUntil = sendLeases(record)
    .map(({ until }) => until)
    .sort()[0];
  // While a send is held, no other of the session can be claimed, a parked one neither.
  const sendAt = head && (heldUntil ?? head.notBefore ?? record.updatedAt);
  const parked = record.effects.filter((one) => one.parked).map((one) => heldUntil ?? one.notBefore ?? record.updatedAt);
  const calls = record.effects.filter(isCallEffect).map((one) => one.lease?.until ?? one.notBefore ?? record.updatedAt);
  const dueAt = [...(sendAt === undefined ? [] : [sendAt]), ...parked, ...calls].sort()[0];
  if (dueAt === undefined) return {};
  const body = head?.effect.body;
  return body?.kind === 'send' ? { dueAt, channel: body.channel, lane: body.lane } : { dueAt };
}

/** Marked as merged into another one: nothing of it is done here any more. */
function isMerged(record: SessionRecord): boolean {
  return record.index.mergedInto !== undefined;
}

/** Who is sending something of this session: one, or more where a session was merged in the middle of a send. */
function sendLeases({ lease, effects }: SessionRecord): readonly Lease[] {
  const own = effects.flatMap((one) => (one.lease && !isCallEffect(one) ? [one.lease] : []));
  return lease ? [lease, ...own] : own;
}

/** What the HTTP answer leaves to do of an effect. */
function left(effect: Effect, { answered, now }: TurnCommit): readonly KeptEffect[] {
  if (effect.id !== answered?.effect) return [queued(effect, now)];
  return answered.isWhole ? [] : [{ ...queued(effect, now), accepted: 1 }];
}

function queued(effect: Effect, now: IsoTime): KeptEffect {
  const parked = effect.parked ? { parked: true as const, notBefore: plusMillis(now, PARKED) } : {};
  return { effect, status: 'queued', attempts: 0, accepted: 0, providerIds: [], ...parked };
}

/** Back in its place in the order. */
function unparked(one: KeptEffect, channel: string | undefined): KeptEffect {
  if (!one.parked || one.effect.body.kind !== 'send' || one.effect.body.channel !== channel) return one;
  const { parked: _, notBefore: __, ...rest } = one;
  return rest;
}

export function isCallEffect(one: KeptEffect): boolean {
  return one.effect.body.kind === 'call';
}

/** The send that is next in order: a parked one lets others by. */
function headSend(effects: readonly KeptEffect[]): KeptEffect | undefined {
  return effects.find((one) => one.effect.body.kind === 'send' && !one.parked);
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

function claimWhatIsDue(
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

function applySettlement(
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
