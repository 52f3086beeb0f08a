import type { Target } from './meta.js';

/** What a crowd (crowd.ts) is to do. */
export interface CrowdOrder {
  readonly starts?: {
    readonly trigger: string;
    readonly key: string;
    readonly count: number;
    /** Starts in a batch, and batches at the same time. */
    readonly size: number;
    readonly atOnce: number;
    /** Different for each run, so that runs do not share people. */
    readonly first: number;
    /** Inputs of the flow beside `order`. */
    readonly data: object;
  };
  /** People write so often, each in their turn, whether or not they were answered. */
  readonly talk: Target & { readonly perSecond: number };
  /** Messages that the provider allows in any second, in both directions together. What is sent beyond it is refused. */
  readonly allowed?: number;
}

/** What a crowd has seen so far. Times are in seconds from the order. */
export interface CrowdState {
  readonly seconds: number;
  /** Starts that were answered, and when the last one was. */
  readonly answered: number;
  readonly answeredAfter: number;
  /** People who were reached by a start, and when the last one was. */
  readonly reached: number;
  readonly reachedAfter: number;
  /** Sends beyond one for each start and one for each message. */
  readonly repeated: number;
  readonly refused: number;
  readonly refusedReplies: number;
  readonly asked: number;
  readonly replied: number;
  /** Webhooks and batches that were not answered as they should, and the last reason. */
  readonly failed: number;
  readonly failure: string;
}

/** Latencies are in milliseconds. */
export interface CrowdReport extends CrowdState {
  readonly webhooks: readonly number[];
  readonly replies: readonly number[];
}
