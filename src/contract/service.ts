import type Joi from 'joi';
import type { FlowCode } from './flow.js';
import type { Json, Vars } from './json.js';

/**
 * Performs the `call` effects of a plugin: the only place where a plugin is async. The returned value comes back to the node as a
 * `callResult` event. If `call` throws, the node gets `{ code, reason }` with the code of the `CallError`.
 */
export interface Service<I = unknown> {
  readonly name: string;
  readonly input: Joi.Schema<I>;
  call(input: I, tools: ServiceTools): Promise<Json>;
}

/**
 * A service that reads settings of the host, or keeps something between two calls, such as connections or workers. Each host opens it once,
 * at its start; what is costly to make is made at the first call.
 *
 * @example
 * const service: HostedService<Input> = {
 *   name: 'send-fax',
 *   input,
 *   settings: ['FAX_URL'],
 *   open: ({ settings }) => ({ call: (input, { request }) => fax(String(settings['FAX_URL']), input, request) }),
 * };
 */
export interface HostedService<I = unknown> extends Pick<Service<I>, 'name' | 'input'> {
  /** The names of the settings that it reads; the check of a flow knows which of them are set. */
  readonly settings?: readonly string[];
  open(host: ServiceHost): OpenService<I>;
}

/** What a service knows of the host that opens it. */
export interface ServiceHost {
  /** The settings that the service names, as docs/configuration.md has them. Those that are not set are left out. */
  readonly settings: Vars;
  /** Fills a template of a setting with these values: a JSON value like `NodeScope.value`, or with `address` like `NodeScope.address`. Throws a `CallError` if it is invalid. */
  fill(template: Json, values: Vars, as?: 'value' | 'address'): Json | undefined;
}

/** A service of one host. */
export interface OpenService<I = unknown> extends Pick<Service<I>, 'call'> {
  /** Called when the host stops, after its calls have ended or were aborted. */
  close?(): Promise<void>;
}

export interface ServiceTools {
  /** The id of the call, the same for every attempt. After a crash, a call may be made again. */
  readonly id: string;
  /** The flow and the run that ask for the call; `chain` as in `Effect`. */
  readonly from?: { readonly flow?: FlowCode; readonly run?: string; readonly chain?: number };
  /** Aborted at the deadline. */
  readonly signal: AbortSignal;
  /** Sends an HTTP request to another system. Rejects with a `CallError`. */
  readonly request: OutboundRequest;
  /** Sends an HTTP request, and reads the answer while it arrives. Rejects with a `CallError`. */
  readonly stream: OutboundStream;
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
  /** True for an address of the host's settings, which may be private. Never set it for an address of a flow. */
  readonly isOfSettings?: boolean;
}
export interface OutboundAnswer extends AnswerHead {
  readonly body: string;
}
export interface AnswerHead {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends an HTTP request like `OutboundRequest`, and gives each part of the answer to `read` as soon as it arrives. Resolves when the answer
 * has ended, or `read` has returned `enough`. The answer must be UTF-8 and not compressed. At most 4 MB are read.
 *
 * @example
 * const head = await tools.stream({ method: 'GET', url, timeout: 60_000, firstWithin: 30_000, nextWithin: 10_000 }, (part) => {
 *   text += part;
 *   return text.length > 1_000 ? 'enough' : 'progress';
 * });
 */
export type OutboundStream = (ask: StreamAsk, read: StreamReader) => Promise<AnswerHead>;

export interface StreamAsk extends OutboundAsk {
  /** Milliseconds until the first part that is progress. */
  readonly firstWithin: number;
  /** Milliseconds between two such parts. */
  readonly nextWithin: number;
}

/**
 * Reads a part of an answer, decoded as text. `nothing`: the part is no progress, such as a comment that keeps the connection open, so
 * the time until the next progress goes on. `enough`: closes the connection. What it throws ends the request.
 */
export type StreamReader = (part: string, head: AnswerHead) => 'progress' | 'nothing' | 'enough';

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
    /** The status of an HTTP answer; flows read it as `failure.status`. */
    readonly status?: number,
  ) {
    super(reason);
  }
}
