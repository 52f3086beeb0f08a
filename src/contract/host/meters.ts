import type { SendError } from '../channel-adapter.js';
import type { Lane } from '../effect.js';
import type { FlowEvent } from '../event.js';
import type { ChannelId } from '../message.js';
import type { Claim, Settlement } from '../store/sessions.js';
import type { Decision } from './turn.js';

/**
 * Receives what the parts of a host report about their work. `src/meters` turns it into metrics, traces and log lines. No method throws,
 * waits, or changes its arguments.
 */
export interface Meters {
  /** Called for every request to a webhook. `channel` is absent if there is no channel with that id. */
  webhook(channel?: ChannelId): Door;
  /** Called for every request to the API. `traceparent` is the header as the caller sent it: https://www.w3.org/TR/trace-context/ */
  request(method: string, traceparent?: string): Door;
  /** Called for every event before its turn. */
  turn(session: string, event: FlowEvent): TurnMeter;
  /** Called for every attempt to send, retries included. */
  send(claim: Claim): SendMeter;
  /** Called for every attempt to call a service. */
  call(claim: Claim): CallMeter;
  /** Called when a wait is taken up, with the milliseconds since its time was over. */
  wake(lateMillis: number): void;
  /** Called when the wall clock was set, forwards or back. */
  clockJump(): void;
}

/** What the outbox of this host does now, for each channel. */
export interface OutboxUse {
  /** Sends under way, for each lane in which there are any. */
  readonly rooms: readonly { readonly channel: ChannelId; readonly lane: Lane; readonly used: number }[];
  /** Messages a second that each account is used for, unless it has no limit. */
  readonly paces: readonly { readonly channel: ChannelId; readonly perSecond: number }[];
}

/** A request that comes in. */
export interface Door {
  /** Runs the work of the request. Its turns are traced as parts of the request. */
  within<T>(work: () => T): T;
  /** Called when the response is sent. `route` is the pattern of the path, never the path itself. */
  answered(status: number, route?: string): void;
}

/** Receives the progress of a turn, from the event to the commit. The last call is either `taken` or `ended`. */
export interface TurnMeter {
  /** The state is loaded and the decision begins. Called for every attempt. */
  deciding(): void;
  /** The decision is made and the commit begins. */
  committing(): void;
  /** Another host has changed the session, so the turn is decided again. */
  conflicted(): void;
  /** The turn is stored. Called before any of its effects is performed. `isUnlogged`: its content must not be logged. */
  taken(decision: Decision, isUnlogged?: boolean): void;
  /** Nothing was stored. `away`: the store cannot be reached. */
  ended(why: 'duplicate' | 'moved' | 'gone' | 'away'): void;
}

export interface SendMeter {
  /** The provider refused the send, or its response was lost. */
  refused(error: SendError): void;
  ended(result: Settlement): void;
}

export interface CallMeter {
  /** The `traceparent` header for requests of this call. Absent if tracing is off. */
  readonly traceparent?: string;
  /** The call has ended. `code` is the error code; absent if the service returned a value. */
  ended(code?: string): void;
}

const door: Door = { within: (work) => work(), answered() {} };
const turn: TurnMeter = { deciding() {}, committing() {}, conflicted() {}, taken() {}, ended() {} };
const send: SendMeter = { refused() {}, ended() {} };
const call: CallMeter = { ended() {} };

/** Ignores everything. For parts that are used without a host. */
export const silentMeters: Meters = {
  webhook: () => door,
  request: () => door,
  turn: () => turn,
  send: () => send,
  call: () => call,
  wake() {},
  clockJump() {},
};
