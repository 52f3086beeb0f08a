import type { SendReceipt } from '../channel-adapter.js';
import type { Effect, Lane, SendFailure } from '../effect.js';
import type { FlowCode } from '../flow.js';
import type { TurnRecord } from '../host/turn.js';
import type { ChannelId } from '../message.js';
import type { SessionState } from '../session.js';
import type { IsoTime } from '../time.js';
import type { ContactIndex } from './contact-index.js';
import type { PageQuery } from './page-query.js';
import type { Queue, QueueState } from './queue.js';
import type { SessionStatus, SessionView } from './session-view.js';

/** The records of sessions: state, effects and journal of a person in one. */
export interface SessionStore extends ContactIndex {
  /** Loads a session; undefined if there is none. Commits are guarded, so what is loaded early may be used late. */
  load(sessionId: string): Promise<StoredSession | undefined>;
  /**
   * Stores state, effects, event id and journal in one write, or nothing. Returns the effects that are due now and for which there is room,
   * leased to the caller. The others stay in their queues.
   */
  commit(turn: TurnCommit): Promise<'conflict' | 'duplicate' | 'forgotten' | Committed>;
  /**
   * Lists at most `limit` sessions with a wait whose time is over. Needs no lease: a second timeout event has the same id and is a duplicate.
   */
  dueWakes(now: IsoTime, limit: number): Promise<readonly string[]>;
  /** Postpones a wake that failed, so that one failing session does not delay the others. */
  postponeWake(sessionId: string, until: IsoTime): Promise<void>;
  /** Returns the earliest time before `before` at which `dueWakes` may find something; undefined if there is none. */
  nextWake(before: IsoTime): Promise<IsoTime | undefined>;
  /**
   * Claims the next send of a session if it is due and no send of the session is leased, else one of its calls. A send whose lease has
   * expired is in doubt: it can be claimed PROOF_WAIT later, or at once with `proven`.
   */
  claim(now: IsoTime, from: ClaimFrom): Promise<Claim | undefined>;
  /**
   * Claims up to `max` effects that are due in a queue, one of each session. Those that have been due for long come first, but not in strict
   * order. If it returns fewer than `max`, nothing else is due there now.
   */
  claimMany(now: IsoTime, from: ClaimManyFrom): Promise<readonly Claim[]>;
  /** Lists the queues that are not empty. May lag behind by some seconds if very much is due. */
  queues(): Promise<readonly QueueState[]>;
  /**
   * Stores the outcome of a claimed effect, and claims the next send of the session. Does nothing if the claim's lease was lost, except for a
   * send that the provider has accepted and that was not sent again since: it is no longer in doubt. `moved`: the session was merged into
   * another one, where the effect has to be settled.
   */
  settle(now: IsoTime, claim: Claim, results: readonly Settlement[]): Promise<Claim | 'moved' | undefined>;
  list(query: SessionQuery): Promise<readonly SessionView[]>;
  /**
   * Removes the record, at once and for good. Later commits by any host return `forgotten`, and settlements do nothing. It stays known which
   * session it was merged into, so that an interrupted operation can be repeated. Idempotent.
   */
  forget(sessionId: string, at: IsoTime): Promise<void>;
  /** Returns all sessions of one person, forgotten ones included, the one that the others were merged into first. Empty for an unknown id. */
  samePerson(sessionId: string): Promise<readonly string[]>;
  /** Counts the sessions that wait at each node of each version of a flow. */
  positions(flow: FlowCode): Promise<readonly { readonly version: number; readonly node: string; readonly waiting: number }[]>;
  /** Counts the sessions in each version of each flow, queued runs included. A single grouped query, for lists of flows. */
  waiting(): Promise<readonly { readonly flow: FlowCode; readonly version: number; readonly waiting: number }[]>;
  /** Counts what there is, for metrics. May take long with many sessions, but works in steps that do not delay others. */
  census(): Promise<Census>;
}

export interface Census {
  readonly sessions: { readonly idle: number; readonly waiting: number };
  /** Sessions with a send that is waiting or under way, by the channel and lane of the next send. Calls and parked sends do not count. */
  readonly outbox: readonly {
    readonly channel: ChannelId;
    readonly lane: Lane;
    readonly depth: number;
    /** When the first of them was or will be due. A send under way is due again when its lease ends. */
    readonly dueSince: IsoTime;
  }[];
}

interface ClaimOwn {
  /** Tokens of the caller's own leases, which do not expire for it, whatever its wall clock says. */
  readonly held?: ReadonlySet<string>;
}
export interface ClaimFrom extends ClaimOwn {
  readonly session: string;
  /** A send in doubt that a receipt has proven to be accepted: it is due at once. */
  readonly proven?: string;
}
export interface ClaimManyFrom extends ClaimOwn {
  readonly queue: Queue;
  readonly max: number;
}

export interface StoredSession {
  readonly state: SessionState;
  /** The number of the last turn; 0 is never stored. */
  readonly revision: number;
  /** Effects neither done nor dead, by number. */
  readonly effects: readonly WaitingEffect[];
  /** Returns true for the last 64 event ids. `commit` recognises older ones. */
  hasSeen(eventId: string): boolean;
  readonly updatedAt: IsoTime;
}
/** An effect in the record. Effects that are done or dead are only in the delivery log. */
export interface WaitingEffect {
  readonly effect: Effect;
  readonly status: 'queued' | 'claimed';
  readonly attempts: number;
  readonly notBefore?: IsoTime;
  /** It is unknown whether the provider has accepted the send. */
  readonly inDoubt?: true;
  /** How many attempts are in doubt. Default with `inDoubt`: 1, as stored by older versions. */
  readonly doubts?: number;
  /** How often it was refused with a retryable error. */
  readonly refusals?: number;
  /** When the first attempt failed. The time for retries counts from then. */
  readonly since?: IsoTime;
  /** How many of its requests the provider has accepted. */
  readonly accepted: number;
  readonly providerIds: readonly string[];
  readonly reason?: string;
  /** It must not be sent any more, for this reason. An attempt that was under way is the last one, and a run that waits for it hears of it. */
  readonly skip?: SendFailure;
  /** Not in order: does not delay later sends (a send to a Viber user who has not subscribed). */
  readonly parked?: true;
}

/** A leased send or call. A record has one lease for its first send and one for each call, so that a slow call does not delay messages. */
export interface Claim {
  readonly session: string;
  readonly token: string;
  readonly until: IsoTime;
  readonly effect: WaitingEffect;
}

/** A turn to be stored. */
export interface TurnCommit {
  readonly session: string;
  /** The revision that the turn was decided from. 0 inserts a new session. */
  readonly base: number;
  readonly event: string;
  /** The provider's time of the event, or its `at`. Decides whether an id that is no longer in `seen` is looked up in the log. */
  readonly eventTime: IsoTime;
  readonly now: IsoTime;
  readonly state: SessionState;
  readonly effects: readonly Effect[];
  /** Returns true if the caller has room to perform an effect now. Effects for which there is none stay in their queues. Default: always. */
  readonly hasRoom?: (effect: Effect) => boolean;
  readonly journal: TurnRecord;
  /** The outcome of a call, or of a send that a run waits for, stored in the same write. With `claim`, its lease moves to the next due effect. */
  readonly settles?: { readonly result: Settlement; readonly claim?: Claim };
  /** An effect of this turn that is sent in the HTTP response to the event: settled if it fits as a whole, else queued with its first request accepted. */
  readonly answered?: { readonly effect: string; readonly isWhole: boolean };
  /** A session that was merged into this one, whose waiting effects and seen ids this session takes over. */
  readonly adopts?: string;
  /** For a session that was merged into another one, when that has taken over everything. Removes its effects; it takes no more turns. */
  readonly empties?: true;
  readonly skips?: Skips;
  /** The person may be written to on this channel from now on. Sends that were parked for it go out first. */
  readonly unparks?: ChannelId;
  readonly index: SessionIndex;
}
/** Waiting sends of earlier turns to these addresses, which must not go out any more. Sends under way are not retried. */
export interface Skips {
  readonly addresses: readonly string[];
  readonly error: SendFailure;
  /** For some of the addresses: only what was decided by this time. */
  readonly until?: Readonly<Record<string, IsoTime>>;
}
export interface SessionIndex {
  /** The earliest end of a wait. For a session that is being merged, when the merge is to be finished. */
  readonly wakeAt?: IsoTime;
  readonly status: 'idle' | 'waiting';
  /** The queue of the hand-over by which an operator has the talk. */
  readonly queue?: string;
  /** The node of each flow frame, such as `welcome@3#ask`. */
  readonly positions: readonly string[];
  readonly mergedInto?: string;
}
export interface Committed {
  readonly revision: number;
  /** The effects that are due now, already leased to the caller. */
  readonly claims: readonly Claim[];
}

/** The outcome of an attempt. */
export type Settlement = { readonly effect: string } & (
  | { readonly outcome: 'done'; readonly receipt?: SendReceipt }
  | {
      readonly outcome: 'retry';
      readonly notBefore: IsoTime;
      readonly reason: string;
      /** How many requests have been accepted so far. */
      readonly accepted: number;
      readonly providerIds: readonly string[];
      /** If absent, the send is no longer in doubt. */
      readonly inDoubt?: true;
      readonly doubts?: number;
      readonly refusals?: number;
      readonly since?: IsoTime;
      readonly parked?: true;
      /** Postponed without an attempt (rate limit, held channel, stopping host). Does not count as an attempt. */
      readonly untried?: true;
    }
  | { readonly outcome: 'dead'; readonly error: SendFailure }
  /** It was not to be sent any more. */
  | { readonly outcome: 'skipped'; readonly error: SendFailure }
);

export interface SessionQuery extends PageQuery {
  readonly contact?: string;
  readonly flow?: FlowCode;
  readonly status?: SessionStatus;
  /** Only sessions that are handed over, to this queue. */
  readonly queue?: string;
}
