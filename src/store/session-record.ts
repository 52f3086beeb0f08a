import {
  BUDGET,
  CALL_GRACE,
  type Claim,
  type ClaimFrom,
  type Effect,
  type IsoTime,
  type Lane,
  PARKED,
  partId,
  plusMillis,
  SEND_LEASE,
  type SendBody,
  type SendFailure,
  type SessionIndex,
  type Settlement,
  type TurnCommit,
  type WaitingEffect,
} from '../contract/index.js';
import { releaseExpired } from './release-leases.js';

/** A session as both stores keep it. `rev` changes with every write, and every write is a compare-and-set on it. */
export interface SessionRecord {
  readonly rev: number;
  /** The number of the last turn. */
  readonly revision: number;
  /** SessionState as JSON. */
  readonly state: string;
  readonly seen: readonly Seen[];
  /** The provider's time of the newest id that has dropped out of `seen`; '' while none has. */
  readonly horizon: IsoTime;
  /** Waiting effects in the order of their numbers. */
  readonly effects: readonly KeptEffect[];
  /** Who is performing the head send. */
  readonly lease?: Lease;
  readonly index: SessionIndex;
  readonly updatedAt: IsoTime;
}
export interface Seen {
  readonly id: string;
  readonly at: IsoTime;
}
export interface Lease {
  readonly token: string;
  readonly until: IsoTime;
}
/** A call has a lease of its own, so that a slow one holds up no answer. */
export interface KeptEffect extends WaitingEffect {
  readonly lease?: Lease;
}

/** What a settlement writes beside the record: one row for each provider message, or one for the effect. */
export interface DeliveryRow {
  readonly effect: string;
  readonly status: 'sent' | 'failed';
  readonly providerId?: string;
  readonly error?: SendFailure;
  /** Given up by the outbox, as opposed to reported as failed by the provider. */
  readonly dead?: true;
}
export interface Planned {
  readonly record: SessionRecord;
  readonly claims: readonly Claim[];
  readonly deliveries: readonly DeliveryRow[];
}

/** Where an effect may be looked for, and when: kept as fields of their own, so that one index finds work. */
export interface Due {
  readonly dueAt?: IsoTime;
  readonly channel?: string;
  readonly lane?: Lane;
}

/** Makes lease tokens; each must differ from all before. */
export type NewToken = () => string;

/** True when an event may have been taken so long ago that only the turn log can tell. */
export function needsLogLookup(record: SessionRecord, turn: Pick<TurnCommit, 'eventTime'>): boolean {
  return record.horizon !== '' && turn.eventTime <= record.horizon;
}

/** State, effects, event id and the outcome that this turn settles, in one new record; or why not. */
export function planCommit(record: SessionRecord | undefined, turn: TurnCommit, newToken: NewToken): 'conflict' | 'duplicate' | Planned {
  if ((record?.revision ?? 0) !== turn.base) return record?.seen.some((one) => one.id === turn.event) ? 'duplicate' : 'conflict';
  if (record?.seen.some((one) => one.id === turn.event)) return 'duplicate';
  const settled = turn.settles
    ? applySettlement(record?.effects ?? [], turn.settles.result)
    : { effects: record?.effects ?? [], deliveries: [] };
  const holdsLease = turn.settles?.claim !== undefined && record?.lease?.token === turn.settles.claim.token;
  const next: SessionRecord = {
    rev: (record?.rev ?? 0) + 1,
    revision: turn.base + 1,
    state: JSON.stringify(turn.state),
    ...remember(record, turn),
    effects: [...settled.effects.map((one) => unparked(one, turn.frees)), ...turn.effects.flatMap((effect) => left(effect, turn))],
    ...(record?.lease && !holdsLease ? { lease: record.lease } : {}),
    index: turn.index,
    updatedAt: turn.now,
  };
  const claimed = claimWhatIsDue(next, turn.now, newToken, { calls: true });
  const answered: readonly DeliveryRow[] = turn.answered?.isWhole ? [{ effect: turn.answered.effect, status: 'sent' }] : [];
  return { ...claimed, deliveries: [...settled.deliveries, ...answered] };
}

/** The head send of a session that nobody holds, or its first free call. */
export function planClaim(record: SessionRecord, now: IsoTime, from: ClaimFrom, newToken: NewToken): Planned | undefined {
  const proven = 'session' in from ? from.proven : undefined;
  const freed = releaseExpired(record, now, from);
  const claimed = claimWhatIsDue(freed, now, newToken, { one: true, ...(proven === undefined ? {} : { proven }) });
  if (claimed.claims.length === 0 && freed === record) return undefined;
  return { record: { ...claimed.record, rev: record.rev + 1 }, claims: claimed.claims, deliveries: [] };
}

/** Acts only where the claim's token still holds; goes on with the next send of the session under a fresh lease. */
export function planSettle(
  record: SessionRecord,
  now: IsoTime,
  claim: Claim,
  work: { readonly results: readonly Settlement[]; readonly newToken: NewToken },
): Planned | undefined {
  const isSend = record.lease?.token === claim.token;
  const isCall = record.effects.some((one) => one.lease?.token === claim.token);
  if (!isSend && !isCall) return undefined;
  let effects = record.effects;
  const deliveries: DeliveryRow[] = [];
  for (const result of work.results) {
    const applied = applySettlement(effects, result);
    effects = applied.effects;
    deliveries.push(...applied.deliveries);
  }
  const { lease, ...rest } = record;
  const next: SessionRecord = { ...rest, ...(lease && !isSend ? { lease } : {}), rev: record.rev + 1, effects };
  const claimed = isSend ? claimWhatIsDue(next, now, work.newToken, { one: true, sendsOnly: true }) : { record: next, claims: [] };
  return { ...claimed, deliveries };
}

/** When the outbox should look at this session, and for which lane. */
export function dueOf(record: SessionRecord): Due {
  const head = headSend(record.effects);
  // While a send is held, no other of the session can be claimed, a parked one neither.
  const sendAt = head && (record.lease?.until ?? head.notBefore ?? record.updatedAt);
  const parked = record.effects.filter((one) => one.parked).map((one) => record.lease?.until ?? one.notBefore ?? record.updatedAt);
  const calls = record.effects.filter(isCallEffect).map((one) => one.lease?.until ?? one.notBefore ?? record.updatedAt);
  const dueAt = [...(sendAt === undefined ? [] : [sendAt]), ...parked, ...calls].sort()[0];
  if (dueAt === undefined) return {};
  const body = head?.effect.body;
  return body?.kind === 'send' ? { dueAt, channel: body.channel, lane: body.lane } : { dueAt };
}

function remember(record: SessionRecord | undefined, turn: TurnCommit): Pick<SessionRecord, 'seen' | 'horizon'> {
  const seen = [...(record?.seen ?? []), { id: turn.event, at: turn.eventTime }];
  const dropped = seen.length > BUDGET.seen ? seen.shift() : undefined;
  const before = record?.horizon ?? '';
  return { seen, horizon: dropped && dropped.at > before ? dropped.at : before };
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

function isCallEffect(one: KeptEffect): boolean {
  return one.effect.body.kind === 'call';
}

/** The send that is next in order: a parked one lets others by. */
function headSend(effects: readonly KeptEffect[]): KeptEffect | undefined {
  return effects.find((one) => one.effect.body.kind === 'send' && !one.parked);
}

interface ClaimWish {
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
  wish: ClaimWish,
): { readonly record: SessionRecord; readonly claims: readonly Claim[] } {
  const claims: Claim[] = [];
  let effects = record.effects;
  let lease = record.lease;
  const take = (one: KeptEffect, until: IsoTime): Lease => {
    const taken = { token: newToken(), until };
    const kept: KeptEffect = { ...one, status: 'claimed', ...(isCallEffect(one) ? { lease: taken } : {}) };
    effects = effects.map((other) => (other.effect.number === one.effect.number ? kept : other));
    const { lease: _, ...effect } = kept;
    // The claimant is to know what was known before, so `status` apart it gets the effect as it stood.
    claims.push({ session: sessionOf(one.effect), ...taken, effect });
    return taken;
  };
  const head = lease ? undefined : (freeParked(effects, now, wish) ?? headSend(effects));
  if (head && (isDue(head, now) || head.effect.id === wish.proven)) lease = take(head, plusMillis(now, SEND_LEASE));
  if (!wish.sendsOnly && !(wish.one && claims.length > 0)) {
    for (const call of effects.filter((one) => isCallEffect(one) && !one.lease && isDue(one, now))) {
      take(call, plusMillis(now, callDeadline(call) + CALL_GRACE));
      if (wish.one) break;
    }
  }
  return { record: { ...record, effects, ...(lease ? { lease } : {}) }, claims };
}

function freeParked(effects: readonly KeptEffect[], now: IsoTime, wish: ClaimWish): KeptEffect | undefined {
  return effects.find((one) => one.parked && (one.effect.id === wish.proven || (one.notBefore !== undefined && one.notBefore <= now)));
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

function sessionOf(effect: Effect): string {
  return effect.id.slice(0, effect.id.indexOf('.'));
}
