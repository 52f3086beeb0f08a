import type { ChannelId, FlowEvent } from '../contract/index.js';
import type { Claim } from '../contract/store/index.js';
import type { MeasuredCall, MeasuredSend, MeasuredTurn } from './measured.js';

/** What traces are made of: spans with ids as attributes, no texts. There is one implementation, loaded only where it is configured. */
export interface Spans {
  /** The span begins when something is done within, so that a door through which no turn came leaves none. */
  webhook(channel: ChannelId | undefined): SpanDoor;
  request(method: string, traceparent: string | undefined): SpanDoor;
  /** Where an event on its way belongs; to be asked for where it comes in. */
  parentOf(event: FlowEvent): SpanParent | undefined;
  /** The turn, its decision and its commit; its effects will belong to it. */
  turn(measured: MeasuredTurn, parent: SpanParent | undefined): void;
  send(measured: MeasuredSend): void;
  /** Begins at once: what is asked of others carries its `traceparent`. */
  call(claim: Claim): SpanOfCall;
  /** Sends what is left, for a second at most. */
  stop(): Promise<void>;
}
/** Known to the implementation alone. */
export type SpanParent = object;

export interface SpanDoor {
  within<T>(work: () => T): T;
  answered(status: number, route?: string): void;
}
export interface SpanOfCall {
  readonly traceparent: string;
  ended(measured: MeasuredCall): void;
}
