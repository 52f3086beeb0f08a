import type Joi from 'joi';
import type { Json } from './json.js';

/**
 * Answers a `call`: the only place where a plugin is async. Its value comes back to the node as a `callResult` event; what it throws
 * is told to the node as `{ code, reason }`, the code being that of a `CallError`.
 */
export interface Service<I = unknown> {
  readonly name: string;
  readonly input: Joi.Schema<I>;
  call(input: I, tools: ServiceTools): Promise<Json>;
}

export interface ServiceTools {
  /** The call's own id, the same at each try: a crash may have it made again. */
  readonly id: string;
  /** Aborted when the deadline is over. */
  readonly signal: AbortSignal;
  /** Asks another system; rejects with a `CallError`. */
  readonly request: OutboundRequest;
  /** Resolves after so many milliseconds, rejects when the deadline is over. */
  pause(millis: number): Promise<void>;
}

/** The guarded way out: private addresses only where OUTBOUND_ALLOW names them, after DNS and on each redirect; bounded in time and size. */
export type OutboundRequest = (ask: OutboundAsk) => Promise<OutboundAnswer>;

export interface OutboundAsk {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds for all of it, redirects included. */
  readonly timeout: number;
}
export interface OutboundAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Who may be asked although the address is private: a host by its name, or a network, at any port or at one. */
export type AllowRule =
  | { readonly host: string; readonly port?: number }
  | { readonly network: string; readonly bits: number; readonly port?: number };

/**
 * Why a service gave no value. The words are shown to operators and to the flow: no secret, no address of ours. Known by its name,
 * because a plugin's package may have brought a copy of this file.
 */
export class CallError extends Error {
  override readonly name = 'CallError';
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'CallError';
  }
  constructor(
    readonly code: string,
    reason: string,
    /** Worth another try. */
    readonly retryable = false,
  ) {
    super(reason);
  }
}
