import type Joi from 'joi';
import type { Json } from './json.js';

/**
 * Performs the `call` effects of a plugin: the only place where a plugin is async. The returned value comes back to the node as a
 * `callResult` event. If `call` throws, the node gets `{ code, reason }` with the code of the `CallError`.
 */
export interface Service<I = unknown> {
  readonly name: string;
  readonly input: Joi.Schema<I>;
  call(input: I, tools: ServiceTools): Promise<Json>;
}

export interface ServiceTools {
  /** The id of the call, the same for every attempt. After a crash, a call may be made again. */
  readonly id: string;
  /** Aborted at the deadline. */
  readonly signal: AbortSignal;
  /** Sends an HTTP request to another system. Rejects with a `CallError`. */
  readonly request: OutboundRequest;
  /** Resolves after this many milliseconds. Rejects at the deadline. */
  pause(millis: number): Promise<void>;
}

/**
 * Sends an HTTP request. Private addresses are refused unless OUTBOUND_ALLOW names them, also after DNS and on every redirect. Time and size of
 * the response are limited.
 */
export type OutboundRequest = (ask: OutboundAsk) => Promise<OutboundAnswer>;

export interface OutboundAsk {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds for the whole request, redirects included. */
  readonly timeout: number;
}
export interface OutboundAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A private address that may be called: a host by its name, or a network, at every port or at one. */
export type AllowRule =
  | { readonly host: string; readonly port?: number }
  | { readonly network: string; readonly bits: number; readonly port?: number };

/**
 * The error that services throw. Operators and flows see its words, so they must not contain secrets or internal addresses. Recognised by its
 * name, because a plugin's package may bring its own copy of this class.
 */
export class CallError extends Error {
  override readonly name = 'CallError';
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'CallError';
  }
  constructor(
    readonly code: string,
    reason: string,
    /** Whether another attempt may succeed. */
    readonly retryable = false,
  ) {
    super(reason);
  }
}
