import type { IsoTime, SendFailure, SessionState } from '../contract/index.js';
import type { Claim, SessionIndex, WaitingEffect } from '../contract/store/index.js';

/** A session as both stores keep it. Every write is a compare-and-set on `rev`, and changes it. */
export interface SessionRecord {
  readonly id: string;
  readonly rev: number;
  /** Number of the last turn. */
  readonly revision: number;
  /** SessionState as JSON text: written once, by the plan of the commit. */
  readonly state: string;
  /** The state that `state` was written from, so that the next turn need not parse it. In memory only, and never changed. */
  readonly parsed?: SessionState | undefined;
  /** Ids of the latest events, oldest first; at most `BUDGET.seen`. */
  readonly seen: readonly Seen[];
  /** The provider's time of the newest event id that was dropped from `seen`; '' if none was. */
  readonly oldestRemembered: IsoTime;
  /** The provider's time of the newest event. Only the embedded store needs it, and stores it since December 2026. */
  readonly newestEvent?: IsoTime;
  /** Where the newest turns are in the log of the embedded store. Only that store has it. */
  readonly newestTurns?: readonly LoggedTurn[];
  /** Waiting effects, in the order of their numbers. */
  readonly effects: readonly KeptEffect[];
  /** Lease on the head send. */
  readonly lease?: Lease | undefined;
  /** Sessions that were merged into this one. The turn log keeps their turns under their own ids. */
  readonly joined?: readonly string[] | undefined;
  readonly index: SessionIndex;
  readonly updatedAt: IsoTime;
}
export interface Seen {
  readonly id: string;
  readonly at: IsoTime;
}
/** Where a turn is in the log of the embedded store: its number, the number of its row, and the id of its event. */
export type LoggedTurn = readonly [turn: number, row: number, event: string];
export interface Lease {
  readonly token: string;
  readonly until: IsoTime;
}
export interface KeptEffect extends WaitingEffect {
  /**
   * A lease of its own. Calls have one, so that a slow call holds up no send. A send has one if its session was merged into another while
   * it was being performed.
   */
  readonly lease?: Lease;
}

/** A row of the delivery log that a settlement writes: one for each message at the provider, or one for the effect if there is none. */
export interface DeliveryRow {
  readonly effect: string;
  readonly status: 'sent' | 'failed' | 'skipped';
  readonly providerId?: string;
  readonly error?: SendFailure;
  /** Set if the outbox gave the send up, as opposed to a failure that the provider reported in a receipt. */
  readonly dead?: true;
}

/** What a verb has to write: the new record, the claims it hands to the caller, and rows of the delivery log. */
export interface Planned {
  readonly record: SessionRecord;
  readonly claims: readonly Claim[];
  readonly deliveries: readonly DeliveryRow[];
}

/** Returns a lease token that was never returned before. */
export type NewToken = () => string;

/** Returns the session ids under which the turn log may hold an event of this session. */
export function idsInLog(record: SessionRecord): readonly string[] {
  return [record.id, ...(record.joined ?? [])];
}

/** Returns true if the session was merged into another one. Its effects are performed there. */
export function isMerged(record: SessionRecord): boolean {
  return record.index.mergedInto !== undefined;
}

export function isCallEffect(one: KeptEffect): boolean {
  return one.effect.body.kind === 'call';
}

/** Returns whether a call may be made now as far as the order goes: notices are made one after another. */
export function isInOrder(one: KeptEffect, effects: readonly KeptEffect[]): boolean {
  return !isNotice(one) || effects.find(isNotice) === one;
}

function isNotice({ effect: { body } }: KeptEffect): boolean {
  return body.kind === 'call' && body.notice !== undefined;
}

/** Returns the send that is next in order. Parked sends do not count. */
export function headSend(effects: readonly KeptEffect[]): KeptEffect | undefined {
  return effects.find((one) => !isCallEffect(one) && !one.parked);
}

/** Returns the leases on sends. There can be more than one after a merge. */
export function sendLeases({ lease, effects }: SessionRecord): readonly Lease[] {
  const own = effects.flatMap((one) => (one.lease && !isCallEffect(one) ? [one.lease] : []));
  return lease ? [lease, ...own] : own;
}
