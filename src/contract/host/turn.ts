import type { Effect } from '../effect.js';
import type { FlowEvent } from '../event.js';
import type { FlowCode, NodeId, OnBusy, Warning } from '../flow.js';
import type { Vars } from '../json.js';
import type { SessionState } from '../session.js';
import type { IsoTime } from '../time.js';

/** A flow whose triggers were tested against a message, and why they did or did not match. */
export interface Tried {
  readonly flow: FlowCode;
  readonly matched: boolean;
  readonly why: string;
}

/** The result of trigger matching for a message. Kept in the journal, because flows go on- and offline, and a replay must not change. */
export interface Match {
  readonly tried: readonly Tried[];
  readonly best?: {
    readonly flow: FlowCode;
    readonly version: number;
    /** The index in the flow's triggers. */
    readonly trigger: number;
    readonly onBusy: OnBusy;
    readonly reason: string;
    /** The groups of a regular expression, as `match[1]` and `match.name`. */
    readonly groups?: Vars;
  };
}

/** What kind of decision it was, for filters. The reason has the details. */
export type DecisionKind =
  | 'started'
  | 'queued'
  | 'answered'
  | 'resumed'
  | 'held'
  /** An operator has the talk: the message is for the operator, or from the operator. */
  | 'operator'
  /** A STOP word: the person wants no more messages on the platform. */
  | 'opted-out'
  | 'ignored'
  /** A message in a group chat, which starts and answers nothing. */
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

/** A node that was left in this turn, or without a port, at which the run stopped. */
export interface PathStep {
  readonly run: string;
  readonly flow: FlowCode;
  readonly version: number;
  readonly node: NodeId;
  readonly port?: string;
}

/**
 * The result of a run, with its variables at the end: those of the flow that was started, or of the one that it was forwarded to.
 * `interrupted`: another flow took its place. `ended`: it was ended by an operator, the API or another flow. `opted-out`: the person wants no
 * more messages on its platform.
 */
export interface RunResult {
  readonly run: string;
  readonly flow: FlowCode;
  readonly version: number;
  readonly startedBy: string;
  readonly startedAt: IsoTime;
  readonly endedAt: IsoTime;
  readonly outcome: 'completed' | 'failed' | 'ended' | 'interrupted' | 'opted-out';
  readonly variables: Vars;
}

/** The result of a turn, before it is stored. */
export interface Decision {
  /** The state after the turn. */
  readonly session: SessionState;
  readonly effects: readonly Effect[];
  readonly decision: DecisionReason;
  readonly path: readonly PathStep[];
  readonly warnings: readonly Warning[];
  /** The results of trigger matching, in order. A replay uses them again. */
  readonly matches: readonly Match[];
  /** The flows that nodes asked to begin, with the version that was online, or null. A replay uses them again. */
  readonly called?: Readonly<Record<FlowCode, number | null>>;
  /** The message was a STOP word, or a START word of a person who had opted out. A replay reads it so again. */
  readonly optOutWord?: 'stop' | 'start';
  /** Runs that ended in this turn. */
  readonly results?: readonly RunResult[];
  /** Set if a guest dialog ran. Such a turn is not replayed. */
  readonly guest?: true;
  /** Set if the decision threw an error: the id of the error in the log. */
  readonly bug?: string;
}

/** The journal's entry for a turn: what happened and why, and everything that is needed to compute the turn again. */
export interface TurnRecord extends Omit<Decision, 'session'> {
  readonly id: string;
  readonly turn: number;
  readonly at: IsoTime;
  readonly event: FlowEvent;
  /** The state before the turn, if a run begins in it. Replays begin here, and retention removes turns before it. */
  readonly before?: SessionState;
  /** From a flow with `logging: false`: stored without texts and variables, so that it cannot be replayed or sent again. */
  readonly unlogged?: true;
  /** The send that was the HTTP response to the event. A repeated event gets the same response. */
  readonly answered?: string;
  /** How many effects of earlier turns were still waiting. Absent if none. */
  readonly waiting?: number;
  /** The size of those effects, in characters of JSON. */
  readonly waitingSize?: number;
}
