import { PARKED } from '../contract/host/index.js';
import { type Effect, type IsoTime, plusMillis } from '../contract/index.js';
import type { TurnCommit } from '../contract/store/index.js';
import { adoptedEffects, seenAfter } from './adopt-session.js';
import { applySettlement } from './apply-settlement.js';
import { hasSeen } from './has-seen.js';
import { claimDue } from './plan-claim.js';
import { type DeliveryRow, idsInLog, type KeptEffect, type NewToken, type Planned, type SessionRecord } from './session-record.js';
import { skipSends } from './skip-sends.js';

/** Returns true if an event is so old that only the turn log can tell whether it was taken before. */
export function needsLogLookup(record: SessionRecord, turn: Pick<TurnCommit, 'eventTime'>): boolean {
  return record.oldestRemembered !== '' && turn.eventTime <= record.oldestRemembered;
}

/**
 * Plans a commit: state, effects, event id and the outcome that the turn settles, in one new record. Or says why the turn cannot be
 * committed. `adopted` is the record of the session that `turn.adopts` names.
 */
export function planCommit(
  record: SessionRecord | undefined,
  turn: TurnCommit,
  { newToken, adopted }: { readonly newToken: NewToken; readonly adopted?: SessionRecord | undefined },
): 'conflict' | 'duplicate' | Planned {
  if (record && hasSeen(record.seen, turn.event)) return 'duplicate';
  if ((record?.revision ?? 0) !== turn.base) return 'conflict';
  // A record that is marked as merged does not change until it is emptied.
  if (record?.index.mergedInto !== undefined && !turn.empties) return 'conflict';
  const before = record?.effects ?? [];
  const settled = turn.settles ? applySettlement(before, turn.settles.result) : { effects: before, deliveries: [] };
  const holdsLease = turn.settles?.claim !== undefined && record?.lease?.token === turn.settles.claim.token;
  const joined = adopted ? [...(record?.joined ?? []), ...idsInLog(adopted)] : record?.joined;
  const { kept, skipped } = skipSends(
    [...settled.effects.map((one) => unpark(one, turn.unparks)), ...(adopted ? adoptedEffects(adopted) : [])],
    turn.skips,
  );
  const next: SessionRecord = {
    id: turn.session,
    rev: (record?.rev ?? 0) + 1,
    revision: turn.base + 1,
    state: JSON.stringify(turn.state),
    parsed: turn.state,
    ...seenAfter(record, turn, adopted),
    effects: turn.empties ? [] : [...kept, ...turn.effects.flatMap((effect) => newEffects(effect, turn))],
    lease: holdsLease || turn.empties ? undefined : record?.lease,
    joined,
    index: turn.index,
    updatedAt: turn.now,
  };
  const claimed = claimDue(next, { now: turn.now, newToken, ...(turn.hasRoom ? { mayClaim: turn.hasRoom } : {}) });
  const answered: readonly DeliveryRow[] = turn.answered?.isWhole ? [{ effect: turn.answered.effect, status: 'sent' }] : [];
  return { record: claimed.record, claims: claimed.claims, deliveries: [...settled.deliveries, ...answered, ...skipped] };
}

/** Queues an effect of the turn, unless the HTTP response to the event carries all of it. */
function newEffects(effect: Effect, { answered, now }: TurnCommit): readonly KeptEffect[] {
  if (effect.id !== answered?.effect) return [queued(effect, now)];
  return answered.isWhole ? [] : [{ ...queued(effect, now), accepted: 1 }];
}

function queued(effect: Effect, now: IsoTime): KeptEffect {
  const parked = effect.parked ? { parked: true as const, notBefore: plusMillis(now, PARKED) } : {};
  return { effect, status: 'queued', attempts: 0, accepted: 0, providerIds: [], ...parked };
}

/** Returns a parked send of this channel to its place in the order. */
function unpark(one: KeptEffect, channel: string | undefined): KeptEffect {
  if (!one.parked || one.effect.body.kind !== 'send' || one.effect.body.channel !== channel) return one;
  const { parked: _, notBefore: __, ...rest } = one;
  return rest;
}
