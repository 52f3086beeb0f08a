import type { ChannelId, FlowEvent } from '../contract/index.js';
import type { Claim } from '../contract/store/index.js';
import type { MeasuredCall, MeasuredSend, MeasuredTurn } from './measured.js';

/** Writes traces. Spans have ids as attributes, and no texts. The implementation is loaded only if it is configured. */
export interface Spans {
  /** Opens a span for a webhook. It is written only if there is a turn in it. */
  webhook(channel: ChannelId | undefined): SpanDoor;
  request(method: string, traceparent: string | undefined): SpanDoor;
  /** Returns the parent of an event's turn. Call it where the event comes in. */
  parentOf(event: FlowEvent): SpanParent | undefined;
  /** Writes the spans of a turn, its decision and its commit. They are the parents of its effects. */
  turn(measured: MeasuredTurn, parent: SpanParent | undefined): void;
  send(measured: MeasuredSend): void;
  /** Begins the span of a call at once, as its requests carry the `traceparent`. */
  call(claim: Claim): SpanOfCall;
  /** Exports the remaining spans, for a second at most. */
  stop(): Promise<void>;
}
/** Only the implementation knows what it is. */
export type SpanParent = object;

export interface SpanDoor {
  within<T>(work: () => T): T;
  answered(status: number, route?: string): void;
}
export interface SpanOfCall {
  readonly traceparent: string;
  ended(measured: MeasuredCall): void;
}
