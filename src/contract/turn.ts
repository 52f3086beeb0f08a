import type { Effect } from './effect.js';
import type { FlowEvent } from './event.js';
import type { FlowCode, NodeId, OnBusy } from './flow.js';
import type { Vars } from './json.js';
import type { SessionState } from './session.js';
import type { IsoTime } from './time.js';

/** One flow whose triggers were held against a message: the answer to "why did nothing happen". */
export interface Tried {
  readonly flow: FlowCode;
  readonly matched: boolean;
  readonly why: string;
}

/** What trigger matching says of one message. Pure, but kept in the journal: what is online changes, a replay must not. */
export interface Match {
  readonly tried: readonly Tried[];
  readonly best?: {
    readonly flow: FlowCode;
    readonly version: number;
    /** Index into the flow's triggers. */
    readonly trigger: number;
    readonly onBusy: OnBusy;
    readonly reason: string;
    /** `match[1]`, `match.name` of a regular expression. */
    readonly groups?: Vars;
  };
}

/** `tookMessage`, `started`, … for people and filters; the reason says the rest. */
export type DecisionKind =
  | 'started'
  | 'queued'
  | 'answered'
  | 'resumed'
  | 'held'
  | 'ignored'
  /** A message of a group chat: it starts and answers nothing. */
  | 'group'
  | 'early'
  | 'stale'
  | 'refused'
  | 'discarded'
  | 'commanded'
  | 'noted'
  | 'failed';

export interface DecisionReason {
  readonly kind: DecisionKind;
  readonly reason: string;
  readonly tried: readonly Tried[];
}

/** A node that was left (or stopped at, without a port) in this turn. */
export interface PathStep {
  readonly run: string;
  readonly flow: FlowCode;
  readonly version: number;
  readonly node: NodeId;
  readonly port?: string;
}

export interface Warning {
  readonly code: string;
  readonly detail: string;
  readonly node?: NodeId;
}

/**
 * What a run came to, with the variables that it had at its end: of the flow that was started, or the one that it was forwarded to.
 * `interrupted`: another flow took its place. `ended`: somebody ended it.
 */
export interface RunResult {
  readonly run: string;
  readonly flow: FlowCode;
  readonly version: number;
  readonly startedBy: string;
  readonly startedAt: IsoTime;
  readonly endedAt: IsoTime;
  readonly outcome: 'completed' | 'failed' | 'ended' | 'interrupted';
  readonly variables: Vars;
}

/** What a turn came to, not yet stored. */
export interface Decision {
  /** After the turn. */
  readonly session: SessionState;
  readonly effects: readonly Effect[];
  readonly decision: DecisionReason;
  readonly path: readonly PathStep[];
  readonly warnings: readonly Warning[];
  /** Each match that was asked for, in order; a replay answers with these. */
  readonly matches: readonly Match[];
  /** Flows that nodes wanted to begin, with the version that was ONLINE then; null for none. A replay goes by these. */
  readonly called?: Readonly<Record<FlowCode, number | null>>;
  /** Runs that ended in this turn. */
  readonly results?: readonly RunResult[];
  /** Guest dialogs ran: this turn is not replayed. */
  readonly guest?: true;
  /** A throw inside the decision: the id under which its stack was logged. */
  readonly bug?: string;
}

/** The journal's entry for one turn: the "why" record, and enough to compute the turn again. */
export interface TurnRecord extends Omit<Decision, 'session'> {
  readonly id: string;
  readonly turn: number;
  readonly at: IsoTime;
  readonly event: FlowEvent;
  /** The state before the first turn of a run: replay begins there, and retention cuts there. */
  readonly before?: SessionState;
  /** Of a flow with `logging: false`: without texts and variables, so that it can be neither replayed nor sent again. */
  readonly unlogged?: true;
  /** The send that went into the HTTP answer to the event; a repeat of the event is answered the same. */
  readonly answered?: string;
  /** Effects of earlier turns that were still waiting, when there were any. */
  readonly waiting?: number;
  /** Their size in characters of JSON. */
  readonly waitingSize?: number;
}
