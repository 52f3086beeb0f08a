import type { Readable } from 'node:stream';
import type Joi from 'joi';
import type { Json, Role } from '../contract/index.js';

/** Who calls: the admin of the settings, or a key. */
export interface Caller {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly flows?: readonly string[];
}

/** A call as a handler sees it: read, checked, and by somebody who may make it. */
export interface Call<B = unknown, Q = unknown> {
  /** A name in the path; '' where the path has none of that name. */
  name(of: string): string;
  readonly body: B;
  readonly query: Q;
  readonly caller: Caller;
  /** A header, by its name in small letters. */
  header(name: string): string | undefined;
}

/** What a handler answers. `changed` goes into the audit log before the answer goes out. */
export interface Answer {
  /** The first status that the route declares, when absent. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Bytes instead of a body; `done` is called when they are out, or the caller is gone. */
  readonly bytes?: { readonly type: string; readonly from: Readable; done(): Promise<void> };
  readonly changed?: Change;
}

/** What a call has changed, for the audit log; secrets left out by who tells it. */
export interface Change {
  /** `flow:welcome`, `channel:wa-main`, `session:…` */
  readonly target: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * What may be answered beside refusals: a schema that says what is in the body, the media type of bytes, either of them as the caller
 * asks for it, or `undefined` for none.
 */
export type Answers = Readonly<Record<number, Joi.Schema | string | { readonly schema: Joi.Schema; readonly orElse: string } | undefined>>;

/**
 * One call of the API, declared once: express, the roles, the audit log, the OpenAPI document and the reference page are made of it.
 * `role` is who may call it beside the admin: an editor may do what a viewer may; a key of role `trigger` nothing else than `trigger`.
 */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As OpenAPI writes it, behind `/api`: `/flows/{code}/publish`. */
  readonly path: string;
  readonly role: Role;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly query?: Joi.ObjectSchema;
  /** What the body is to be; checked before the handler is called, unless `checksBody`. */
  readonly body?: Joi.Schema;
  /** The handler checks the body itself, because more than one schema decides; `body` is for the document. */
  readonly checksBody?: true;
  /** A body that may be left out is an empty object. */
  readonly mayLackBody?: true;
  /** As express writes it, `8mb`; 2 MB when absent. */
  readonly largestBody?: string;
  /** Headers that the call needs, with a sentence each. */
  readonly needs?: Readonly<Record<string, string>>;
  /** A body to try the call with; held against `body` by a test. */
  readonly example?: Json;
  readonly answers: Answers;
  /** Codes of docs/errors.md that this call may refuse with, by status, beside those of every call. */
  readonly refuses?: Readonly<Record<number, readonly string[]>>;
  /** The word of the audit log, `flow.publish`; a call that changes nothing has none. */
  readonly action?: string;
  handle(call: Call): Promise<Answer>;
}

/** Declares a route; `B` and `Q` are what its schemas make of body and query. */
export function defineRoute<B = unknown, Q = unknown>(route: Omit<Route, 'handle'> & { handle(call: Call<B, Q>): Promise<Answer> }): Route {
  // The schemas of the route have made body and query what the handler takes.
  return { ...route, handle: (call) => route.handle(call as Call<B, Q>) };
}
