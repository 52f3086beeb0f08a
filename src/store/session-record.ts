import type { Claim, IsoTime, Lane, SendFailure, SessionIndex, WaitingEffect } from '../contract/index.js';

/** A session as both stores keep it. `rev` changes with every write, and every write is a compare-and-set on it. */
export interface SessionRecord {
  readonly id: string;
  readonly rev: number;
  /** The number of the last turn. */
  readonly revision: number;
  /** SessionState as JSON. */
  readonly state: string;
  readonly seen: readonly Seen[];
  /** The provider's time of the newest id that has dropped out of `seen`; '' while none has. */
  readonly oldestRemembered: IsoTime;
  /** Waiting effects in the order of their numbers. */
  readonly effects: readonly KeptEffect[];
  /** Who is performing the head send. */
  readonly lease?: Lease;
  /** Sessions that were merged into this one: the turn log may have an event under their ids. */
  readonly joined?: readonly string[];
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
/** A call has a lease of its own, so that a slow one holds up no answer; so has a send that was under way when its session was merged. */
export interface KeptEffect extends WaitingEffect {
  readonly lease?: Lease;
  /** It is not tried again, for this reason. */
  readonly skip?: SendFailure;
}

/** What a settlement writes beside the record: one row for each provider message, or one for the effect. */
export interface DeliveryRow {
  readonly effect: string;
  readonly status: 'sent' | 'failed' | 'skipped';
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

/** The sessions under whose ids the turn log may have an event of this one. */
export function logsOf(record: SessionRecord): readonly string[] {
  return [record.id, ...(record.joined ?? [])];
}

/** Marked as merged into another one: nothing of it is done here any more. */
export function isMerged(record: SessionRecord): boolean {
  return record.index.mergedInto !== undefined;
}

export function isCallEffect(one: KeptEffect): boolean {
  return one.effect.body.kind === 'call';
}

/** The send that is next in order: a parked one lets others by. */
export function headSend(effects: readonly KeptEffect[]): KeptEffect | undefined {
  return effects.find((one) => one.effect.body.kind === 'send' && !one.parked);
}

/** Who is sending something of this session: one, or more where a session was merged in the middle of a send. */
export function sendLeases({ lease, effects }: SessionRecord): readonly Lease[] {
  const own = effects.flatMap((one) => (one.lease && !isCallEffect(one) ? [one.lease] : []));
  return lease ? [lease, ...own] : own;
}
