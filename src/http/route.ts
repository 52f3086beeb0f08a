import type { Readable } from 'node:stream';
import type Joi from 'joi';
import { isRefused, type Refusal, type RefusalCode } from '../contract/host/index.js';
import type { Json } from '../contract/index.js';
import type { Role } from '../contract/store/index.js';
import type { Caller } from '../manage/caller.js';
import type { AuditAction, Change } from '../manage/change.js';
import type { Outcome } from '../manage/outcome.js';
import type { CallSite } from './call-site.js';
import type { Statuses } from './problem-answer.js';

/** A call as a handler sees it: its role and its form are checked by now. */
export interface Call<B = unknown, Q = unknown> {
  /** A name in the path; '' if the path has none of that name. */
  name(of: string): string;
  readonly body: B;
  readonly query: Q;
  readonly caller: Caller;
  /** A header, by its name in small letters. */
  header(name: string): string | undefined;
  readonly from: CallOrigin;
}

/** Where a call comes from. */
export interface CallOrigin {
  /** The address of the caller, by which guessed keys are counted. */
  readonly address: string;
  /** Whether it was made on the machine of the host. */
  readonly isHere: boolean;
  readonly site: CallSite;
}

/** What a handler answers. `changed` goes into the audit log before the answer goes out. */
export interface Answer {
  /** The first status that the route declares if absent. */
  readonly status?: number;
  readonly headers?: Headers;
  readonly body?: unknown;
  /** Bytes instead of a body; `done` is called when they are sent, or the caller has hung up. */
  readonly bytes?: { readonly type: string; readonly from: Readable; done(): Promise<void> };
  readonly changed?: Change;
}
type Headers = Readonly<Record<string, string>>;

/** Answers a call with the outcome of its operation; `more` adds what the API has for it beside the body. */
export function answerOf<T>(outcome: Outcome<T>, more?: (done: T) => Pick<Answer, 'headers'>): Answer | Refusal {
  if (isRefused(outcome)) return outcome;
  const { done, changed } = outcome;
  return { body: done, ...(changed ? { changed } : {}), ...more?.(done) };
}

/**
 * What may be answered beside refusals, by status: a schema of the body, the media type of bytes, either of them as the caller asks for
 * it, or `undefined` for an answer without a body.
 */
export type Answers = Readonly<
  Record<number, Joi.Schema | string | { readonly schema: Joi.Schema; readonly orElse: readonly string[] } | undefined>
>;

/**
 * One call of the API, declared once: express, the roles, the OpenAPI document and the reference page are made of it. A handler calls
 * an operation of `src/manage` and holds no rules of its own.
 */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As OpenAPI writes it, behind `/api`: `/flows/{code}/publish`. */
  readonly path: string;
  /**
   * Who may call it beside the admin: an editor may do what a viewer may; a key of role `trigger` may do nothing but `trigger`. `any`: every
   * role; `none`: everybody, without a key.
   */
  readonly role: Role | 'any' | 'none';
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly query?: Joi.ObjectSchema;
  /** The form of the body; checked before the handler is called, unless `checksBody`. */
  readonly body?: Joi.Schema;
  /** The handler checks the body itself, because more than one schema decides; `body` is for the document. */
  readonly checksBody?: true;
  /** Media types of files that the body may be instead, which the handler gets as bytes. */
  readonly files?: readonly string[];
  /** The body may be left out, and is an empty object then. */
  readonly mayLackBody?: true;
  /** As express writes it, `8mb`; 2 MB if absent. */
  readonly maxBody?: string;
  /** Headers that the call needs, with a sentence for each. */
  readonly needs?: Readonly<Record<string, string>>;
  /** Headers that the call may have, likewise. */
  readonly takes?: Readonly<Record<string, string>>;
  /** A body to try the call with; a test checks it against `body`. */
  readonly example?: Json;
  readonly answers: Answers;
  /** The refusals of this call, beside those that every call may have. */
  readonly refuses?: readonly RefusalCode[];
  /** Statuses of refusals here that differ from those of the catalogue. */
  readonly statuses?: Statuses;
  /** The word of the audit log; absent if the call changes nothing. */
  readonly action?: AuditAction;
  handle(call: Call): Promise<Answer | Refusal>;
}

/** Declares a route; `B` and `Q` are what its schemas make of body and query. */
export function defineRoute<B = unknown, Q = unknown>(
  route: Omit<Route, 'handle'> & { handle(call: Call<B, Q>): Promise<Answer | Refusal> },
): Route {
  // The schemas of the route have made body and query what the handler takes.
  return { ...route, handle: (call) => route.handle(call as Call<B, Q>) };
}
