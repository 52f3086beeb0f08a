import type { Claim, IsoTime, Lane, SendFailure, SessionIndex, SessionState, WaitingEffect } from '../contract/index.js';

/** A session as both stores keep it. `rev` changes with every write, and every write is a compare-and-set on it. */
export interface SessionRecord {
  readonly id: string;
  readonly rev: number;
  /** The number of the last turn. */
  readonly revision: number;
  /** SessionState as JSON. */
  readonly state: string;
  /** What `state` was written from, kept in memory only, so that the next turn need not parse it. Nobody changes it. */
  readonly parsed?: SessionState;
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
