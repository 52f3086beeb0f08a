import type { KeyStore } from './api-key.js';
import type { AuditStore } from './audit.js';
import type { BackupOutcome } from './backup.js';
import type { Channel, SendReceipt } from './channel-adapter.js';
import type { DeliveryStore } from './delivery.js';
import type { Effect, SendFailure } from './effect.js';
import type { FlowCode } from './flow.js';
import type { FlowStore } from './flow-store.js';
import type { ChannelId, Identity } from './message.js';
import type { RetentionStore } from './retention.js';
import type { Lane, SessionState } from './session.js';
import type { StartStore } from './start.js';
import type { IsoTime } from './time.js';
import type { RunResult, TurnRecord } from './turn.js';

/**
 * Keeps everything. `mongo/` and `embedded/` have the same file names and pass one contract suite (test/store), with no exceptions.
 * A method rejects only with `OperationalError` when the store is away; whatever else can happen is in the answer.
 */
export interface Store {
  readonly sessions: SessionStore;
  readonly contacts: ContactStore;
  readonly deliveries: DeliveryStore;
  readonly turns: TurnStore;
  readonly flows: FlowStore;
  readonly channels: ChannelStore;
  readonly starts: StartStore;
  readonly keys: KeyStore;
  readonly audit: AuditStore;
  readonly meta: MetaStore;
  readonly retention: RetentionStore;
  /** Copies the store to a file that is not there yet, while the host goes on. The embedded store alone: MongoDB has mongodump. */
  backup?(file: string): Promise<BackupOutcome>;
  /**
   * Makes what was deleted unreadable in the store's own files: the log beside the file still holds it. Called after a person was
   * forgotten. The embedded store alone; docs/security.md says what MongoDB keeps. Waits for a backup that is under way.
   */
  scrub?(): Promise<void>;
  /** Rejects when the store is away. */
  ping(): Promise<void>;
  /** Waits for what was begun, then lets go of the file or the connection. */
  close(): Promise<void>;
}

export interface SessionStore {
  load(sessionId: string): Promise<StoredSession | undefined>;
  /** State, effects, event id and journal in one write, or nothing at all. The lease on what is now due comes with it. */
  commit(turn: TurnCommit): Promise<'conflict' | 'duplicate' | 'forgotten' | Committed>;
  /** Sessions whose wait has run out, longest ago first. Needs no lease: the timeout event's id tells a second taker. */
  dueWakes(now: IsoTime, limit: number): Promise<readonly string[]>;
  /** Pushes a wake that could not be taken to a later time, so that one failing session does not hold up the others. */
  postponeWake(sessionId: string, until: IsoTime): Promise<void>;
  /**
   * The head of the queue of a session nobody holds: of one session, or of a channel's lane, or of any (`{ any: true }`); or its
   * calls. A send whose lease ran out is in doubt: it is claimable PROOF_WAIT after the lease ended, or at once with `proven`.
   */
  claim(now: IsoTime, from: ClaimFrom): Promise<Claim | undefined>;
  /**
   * Stores the outcome of a claimed effect, and claims the next send of the session. Does nothing if the claim's lease is lost, except for a
   * send that the provider has accepted and that nobody has sent again since: it is in doubt no longer. `moved`: the session was merged into
   * another one, where the effect has to be settled.
   */
  settle(now: IsoTime, claim: Claim, results: readonly Settlement[]): Promise<Claim | 'moved' | undefined>;
  /** The earliest time at which `dueWakes` or `claim` may find something, so that nobody looks in vain. */
  nextDue(): Promise<{ readonly wake?: IsoTime; readonly effect?: IsoTime }>;
  list(query: SessionQuery): Promise<readonly SessionView[]>;
  /**
   * The record goes, at once and for good: whatever somebody was about to write of it is answered `forgotten` or settles into nothing,
   * on every host. What it was merged into stays known, so that what is left half done can be done again. Harmless when done again.
   */
  forget(sessionId: string, at: IsoTime): Promise<void>;
  /** All sessions of one person, the one that the others were merged into first; forgotten ones, too. None: nobody has had this id. */
  samePerson(sessionId: string): Promise<readonly string[]>;
  /** How many sessions wait at which node of a flow's versions. */
  positions(flow: FlowCode): Promise<readonly { readonly version: number; readonly node: string; readonly waiting: number }[]>;
  /** How many sessions stand in each version of each flow, queued runs included: one grouped count for whoever lists flows. */
  waiting(): Promise<readonly { readonly flow: FlowCode; readonly version: number; readonly waiting: number }[]>;
  /** How much there is, for whoever watches. Takes its time over many sessions, in steps that hold up nobody else. */
  census(): Promise<Census>;
}

export interface Census {
  readonly sessions: { readonly idle: number; readonly waiting: number };
  /** Sessions with a send that waits or is under way, by the channel and lane of the next one. A call, and a send that is parked, count in none. */
  readonly outbox: readonly {
    readonly channel: ChannelId;
    readonly lane: Lane;
    readonly depth: number;
    /** When the first of them was due, or will be: a send under way is due again when its lease ends. */
    readonly dueSince: IsoTime;
  }[];
}

/** `held`: leases that the caller knows to be its own, by token. They do not run out for it, whatever its wall clock says. */
export type ClaimFrom = { readonly held?: ReadonlySet<string> } & (
  | { readonly session: string; readonly proven?: string }
  | { readonly channel: ChannelId; readonly lane: Lane }
  | { readonly any: true }
);

export interface StoredSession {
  readonly state: SessionState;
  /** The number of the last turn; 0 is never stored. */
  readonly revision: number;
  /** Effects neither done nor dead, by number. */
  readonly effects: readonly WaitingEffect[];
  /** True for an event id among the last 64. Older ones are told by `commit`. */
  hasSeen(eventId: string): boolean;
  readonly updatedAt: IsoTime;
}
/** An effect in the record: `queued` or `claimed`; `done` and `dead` ones have left for the delivery log. */
export interface WaitingEffect {
  readonly effect: Effect;
  readonly status: 'queued' | 'claimed';
  readonly attempts: number;
  readonly notBefore?: IsoTime;
  /** It is not known whether the provider has taken it. */
  readonly inDoubt?: true;
  /** How many of its tries are in doubt; one where `inDoubt` stands without it, as an older version stored it. */
  readonly doubts?: number;
  /** How often it was refused in a way that may pass. */
  readonly refusals?: number;
  /** When it was first tried in vain: how long it is tried again counts from then. */
  readonly since?: IsoTime;
  /** How many of its provider requests have been accepted, and under which ids. */
  readonly accepted: number;
  readonly providerIds: readonly string[];
  readonly reason?: string;
  /** Out of the order: does not hold up what is behind it (a send to a Viber user who has not subscribed). */
  readonly parked?: true;
}

/** One send, or one call: the record has one lease for the head send and one for each call, so that a slow call holds up no answer. */
export interface Claim {
  readonly session: string;
  readonly token: string;
  readonly until: IsoTime;
  readonly effect: WaitingEffect;
}

export interface TurnCommit {
  readonly session: string;
  /** The revision decided from; 0 inserts. */
  readonly base: number;
  readonly event: string;
  /** The provider's time of the event, or its `at`; decides whether an id that is no longer in `seen` is looked up in the log. */
  readonly eventTime: IsoTime;
  readonly now: IsoTime;
  readonly state: SessionState;
  readonly effects: readonly Effect[];
  readonly journal: TurnRecord;
  /** A call, or a send that a run waits for: its outcome and this turn are one write. With `claim`, its lease goes on to what is due next. */
  readonly settles?: { readonly result: Settlement; readonly claim?: Claim };
  /** An effect of this turn that goes into the HTTP answer to the event: settled with it, or, in part, queued with its first request accepted. */
  readonly answered?: { readonly effect: string; readonly isWhole: boolean };
  /** The session whose waiting effects and seen ids come along, because it was merged into this one. */
  readonly adopts?: string;
  /** Of a session that was merged into another one: all that it had is there now, and its effects go. No other turn of it is taken. */
  readonly empties?: true;
  /** What waits to be sent to these addresses is never sent, for this reason; what is under way, if it would have to be tried again. */
  readonly skips?: { readonly addresses: readonly string[]; readonly error: SendFailure };
  /** The person may be written to on this channel from now on: sends that were parked for it go first. */
  readonly unparks?: ChannelId;
  readonly index: SessionIndex;
}
export interface SessionIndex {
  /** The earliest deadline of any wait; of a session that is being merged, when that is to be finished. */
  readonly wakeAt?: IsoTime;
  readonly status: 'idle' | 'waiting';
  /** `welcome@3#ask`, one for each flow frame. */
  readonly positions: readonly string[];
  readonly mergedInto?: string;
}
export interface Committed {
  readonly revision: number;
  /** What is due now, already leased to the caller. */
  readonly claims: readonly Claim[];
}

export type Settlement = { readonly effect: string } & (
  | { readonly outcome: 'done'; readonly receipt?: SendReceipt }
  | {
      readonly outcome: 'retry';
      readonly notBefore: IsoTime;
      readonly reason: string;
      /** Requests accepted so far, and the ids they got. */
      readonly accepted: number;
      readonly providerIds: readonly string[];
      /** Left out, the send is in doubt no longer. */
      readonly inDoubt?: true;
      readonly doubts?: number;
      readonly refusals?: number;
      readonly since?: IsoTime;
      readonly parked?: true;
      /** Put off without having been tried (the pace, a held channel, a stopping host): does not count as an attempt. */
      readonly untried?: true;
    }
  | { readonly outcome: 'dead'; readonly error: SendFailure }
);

export interface SessionQuery extends PageQuery {
  readonly contact?: string;
  readonly flow?: FlowCode;
  readonly status?: 'idle' | 'waiting';
}
export interface SessionView {
  readonly state: SessionState;
  readonly status: 'idle' | 'waiting';
  readonly updatedAt: IsoTime;
}
/** Oldest first; `after` is the key of the last item of the page before (session id, flow code, …). */
export interface PageQuery {
  readonly after?: string;
  readonly limit: number;
}

/** Who is who. A contact's id is its session's id; ids grow with time, so the smaller one is the older. */
export interface ContactStore {
  /**
   * The session of a sender, made known if need be: `fresh` is the id for a new person. Identities are claimed by unique inserts in
   * the order given; who loses a race reads again. `others`: sessions of the same person under another identity, to be merged.
   */
  resolve(
    identities: readonly Identity[],
    fresh: string,
  ): Promise<{ readonly session: string; readonly created: boolean; readonly others: readonly string[] }>;
  find(identity: Identity): Promise<string | undefined>;
  /** The sessions of those of these identities that somebody has. */
  owners(identities: readonly Identity[]): Promise<ReadonlyMap<Identity, string>>;
  /** Gives those of these identities that are the first one's to the second one. Harmless when done again. */
  give(identities: readonly Identity[], from: string, to: string): Promise<void>;
  /** Gives all of the loser's identities to the winner. Harmless when done again. */
  move(loser: string, winner: string): Promise<void>;
  /** Nobody has these identities any more. Harmless when done again. */
  forget(sessionId: string): Promise<void>;
}

/** Turns, oldest first, those still in a record's journal included. */
export interface TurnStore {
  list(sessionId: string, query: { readonly after?: number; readonly limit: number }): Promise<readonly TurnRecord[]>;
  /**
   * Runs of a flow that have ended, oldest first, of `limit` turns that ended some; `after` is the `key` of the last one given
   * before. On MongoDB a result appears once its turn is in the log: within seconds, or when the run's last sends have gone out.
   */
  results(query: ResultQuery): Promise<readonly StoredResult[]>;
  /** The turn that took this event. */
  byEvent(sessionId: string, eventId: string): Promise<TurnRecord | undefined>;
  /** All turns of a session that was forgotten go. Harmless when done again. */
  forget(sessionId: string): Promise<void>;
}

export interface ResultQuery extends PageQuery {
  readonly flow: FlowCode;
  readonly since?: IsoTime;
}
export interface StoredResult extends RunResult {
  /** `<flow>/<time>/<session>/<turn>/<n>`: sorts by flow and time. */
  readonly key: string;
  readonly session: string;
}

export interface ChannelStore {
  create(channel: Channel): Promise<'taken' | 'created'>;
  get(id: ChannelId): Promise<Channel | undefined>;
  list(query: PageQuery): Promise<readonly Channel[]>;
  update(channel: Channel): Promise<boolean>;
  remove(id: ChannelId): Promise<boolean>;
  /** As FlowStore.revision, for channels. */
  revision(): Promise<number>;
}

/** Single values of the installation, such as the hash of the admin's key. The first writer wins. */
export interface MetaStore {
  get(key: string): Promise<string | undefined>;
  /** Gives the value that is kept. */
  putIfAbsent(key: string, value: string): Promise<string>;
}
