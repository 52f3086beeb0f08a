import { type Effect, type IsoTime, PARKED, plusMillis, type TurnCommit } from '../contract/index.js';
import { effectsAlong, seenTogether } from './adopted.js';
import { applySettlement } from './apply-settlement.js';
import { claimWhatIsDue } from './plan-claim.js';
import { type DeliveryRow, type KeptEffect, logsOf, type NewToken, type Planned, type SessionRecord } from './session-record.js';
import { skipping } from './skip-sends.js';

/** True when an event may have been taken so long ago that only the turn log can tell. */
export function needsLogLookup(record: SessionRecord, turn: Pick<TurnCommit, 'eventTime'>): boolean {
  return record.oldestRemembered !== '' && turn.eventTime <= record.oldestRemembered;
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
  if (record?.seen.some((one) => one.id === turn.event)) return 'duplicate';
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
    ...seenTogether(record, turn, adopted),
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
