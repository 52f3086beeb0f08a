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
  readonly signal: AbortSignal;
  /** The guarded HTTP client: private addresses are refused after DNS and on each redirect; secrets are already put in. */
  readonly request: OutboundRequest;
}

export type OutboundRequest = (request: {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}) => Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }>;
