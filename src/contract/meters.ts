import type { SendError } from './channel-adapter.js';
import type { FlowEvent } from './event.js';
import type { ChannelId } from './message.js';
import type { Claim, Settlement } from './store.js';
import type { Decision } from './turn.js';

/**
 * What the parts tell of their work while they do it; figures, traces and log lines are made of it in one place (src/meters). Nothing
 * here throws, waits or changes what is told, so that a part tells without minding who listens.
 */
export interface Meters {
  /** A provider has delivered something; without a channel where there is none of that name. */
  webhook(channel?: ChannelId): Door;
  /** Somebody calls the API; `traceparent` as the caller sent it: https://www.w3.org/TR/trace-context/ */
  request(method: string, traceparent?: string): Door;
  /** An event is on its way to a turn of a session. */
  turn(session: string, event: FlowEvent): TurnMeter;
  /** A send is performed, not for the first time perhaps. */
  send(claim: Claim): SendMeter;
  /** A service is asked. */
  call(claim: Claim): CallMeter;
  /** A wait was taken up so many milliseconds after it had run out. */
  wake(lateMillis: number): void;
  /** The wall clock was set, forwards or back. */
  clockJump(): void;
}

/** Where something comes in. */
export interface Door {
  /** Does the work that it leads to: turns of it belong to this delivery or call. */
  within<T>(work: () => T): T;
  /** The answer is given; `route` is the pattern of the path, never the path itself. */
  answered(status: number, route?: string): void;
}

/** A turn from event to commit. Ends with exactly one of `taken` and `ended`. */
export interface TurnMeter {
  /** The state is there, the decision begins: once for each attempt. */
  deciding(): void;
  /** The decision is made, its commit begins. */
  committing(): void;
  /** Another host was faster: it is decided again. */
  conflicted(): void;
  /** Stored; told before anything of it is performed. `isUnlogged`: what it says is to stand in no log. */
  taken(decision: Decision, isUnlogged?: boolean): void;
  /** Nothing was stored; `away`: because it could not be. */
  ended(why: 'duplicate' | 'moved' | 'gone' | 'away'): void;
}

export interface SendMeter {
  /** The provider refused it, or its answer was lost. */
  refused(error: SendError): void;
  ended(result: Settlement): void;
}

export interface CallMeter {
  /** What a request made for this call tells of the trace that it belongs to; absent where nobody traces. */
  readonly traceparent?: string;
  /** The service's value, or the code of why there is none. */
  ended(code?: string): void;
}

const door: Door = { within: (work) => work(), answered() {} };
const turn: TurnMeter = { deciding() {}, committing() {}, conflicted() {}, taken() {}, ended() {} };
const send: SendMeter = { refused() {}, ended() {} };
const call: CallMeter = { ended() {} };

/** Listens to nothing; for parts that are used without a host. */
export const silentMeters: Meters = {
  webhook: () => door,
  request: () => door,
  turn: () => turn,
  send: () => send,
  call: () => call,
  wake() {},
  clockJump() {},
};
