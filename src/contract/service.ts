import type Joi from 'joi';
import type { Json } from './json.js';

/** Answers a `call`: the only place where a plugin is async. Its value comes back to the node as a `callResult` event. */
export interface Service<I = unknown> {
  readonly name: string;
  readonly input: Joi.Schema<I>;
  /** Milliseconds over all retries, at most 120 000; the effect's lease is this and 15 s. */
  deadline(input: I): number;
  call(input: I, tools: ServiceTools): Promise<Json>;
}

export interface ServiceTools {
  /** Aborted when the deadline is over. */
  readonly signal: AbortSignal;
}
