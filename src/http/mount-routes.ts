import { isUtf8 } from 'node:buffer';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type Joi from 'joi';
import { type AuditEntry, type Clock, type Json, type Store, UserError } from '../contract/index.js';
import { findUnsafeJson } from '../flow/find-unsafe-json.js';
import { problemsOfJoi, validateAll } from '../flow/problems-of-joi.js';
import { newAuditId } from '../people/new-id.js';
import { allow, callerOf } from './authorize.js';
import { handler } from './requests.js';
import type { Answer, Call, Change, Route } from './route.js';

const LARGEST_BODY = '2mb';

/** What declared routes need beside what their handlers know. */
export interface MountParts {
  readonly store: Store;
  readonly clock: Clock;
}

/** Express's side of declared routes: role, body, query, handler, audit, answer, in this order. Only behind `authenticate`. */
export function mountRoutes(routes: readonly Route[], parts: MountParts): Router {
  const router = Router();
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router[route.method](
      path,
      allow(route),
      ...(route.body === undefined
        ? []
        : [onlyJson, express.json({ limit: route.largestBody ?? LARGEST_BODY, strict: false, verify: onlyUtf8 })]),
      handler(async (request, response) => {
        const answer = await route.handle(readCall(route, request));
        if (route.action !== undefined && answer.changed && isChange(answer.changed))
          await parts.store.audit.add(entryOf(parts, route.action, request, answer.changed));
        await send(response, route, answer);
      }),
    );
  }
  return router;
}

function readCall(route: Route, request: Request): Call {
  return {
    name: (of) => {
      const value = request.params[of];
      return typeof value === 'string' ? value : '';
    },
    query: route.query === undefined ? {} : checked(route.query, request.query, QUERY),
    body: readBodyOf(route, request),
    caller: callerOf(request),
    header: (name) => request.get(name),
  };
}

function readBodyOf(route: Route, request: Request): unknown {
  // `null` is a body.
  const body: unknown = request.body === undefined && route.mayLackBody ? {} : request.body;
  if (route.body === undefined || route.checksBody) return body;
  return checked(route.body.required(), body, BODY);
}

interface Place {
  readonly family: string;
  readonly convert: boolean;
  readonly refuse: (problems: UserError['problems']) => UserError;
}
const QUERY: Place = {
  family: 'query',
  convert: true,
  refuse: (problems) => new UserError(400, 'http/bad-query', 'The query has a value that this call does not take.', problems),
};
const BODY: Place = {
  family: 'body',
  convert: false,
  refuse: (problems) => new UserError(422, 'http/bad-body', 'The body does not fit this call.', problems),
};

/** The value as its schema makes it, all mistakes at once. */
function checked(schema: Joi.Schema, given: unknown, { family, convert, refuse }: Place): unknown {
  const foul = findUnsafeJson(given, 'body');
  if (foul) throw refuse([foul]);
  const { value, error } = validateAll(schema, given, convert);
  if (error) throw refuse(problemsOfJoi(error, { pointer: '', code: family }));
  return value;
}

/** As the body of a call, of a part of it that stands for itself. */
export function checkedBody<T>(body: unknown, schema: Joi.Schema): T {
  return checked(schema.required(), body, BODY) as T;
}

function entryOf({ clock }: MountParts, action: string, request: Request, { target, before, after }: Change): AuditEntry {
  const at = clock.now();
  const { id, name, role } = callerOf(request);
  return {
    id: newAuditId(at),
    at,
    by: { id, name, role },
    action,
    target,
    // Through JSON, as it was stored and shown.
    ...(before === undefined ? {} : { before: asJson(before) }),
    ...(after === undefined ? {} : { after: asJson(after) }),
  };
}

function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

async function send(response: Response, route: Route, { status, headers = {}, body, bytes }: Answer): Promise<void> {
  response.status(status ?? Number(Object.keys(route.answers)[0])).set(headers);
  if (bytes) {
    // Who hangs up in the middle has a broken file, and knows it by the missing end.
    await pipeline(bytes.from, response.type(bytes.type))
      .catch(() => {})
      .finally(() => bytes.done());
  } else if (body === undefined) response.end();
  else response.json(body);
}

/** A body that is not said to be JSON would be passed over in silence; JSON is UTF-8 and nothing else (RFC 8259, 8.1). */
const onlyJson: RequestHandler = (request, _response, next) => {
  const length = Number(request.get('content-length') ?? 0);
  const hasBody = length > 0 || request.get('transfer-encoding') !== undefined;
  const type = request.get('content-type') ?? '';
  if (hasBody && !(request.is('application/json') && !/charset=(?!"?utf-8\b)/i.test(type)))
    throw new UserError(415, 'http/wrong-content-type', 'The body must be sent as application/json, in UTF-8.');
  next();
};

/** A call that leaves everything as it was is not in the audit log. */
function isChange({ before, after }: Change): boolean {
  return before === undefined || after === undefined || !isDeepStrictEqual(before, after);
}

/** Other bytes would be read as U+FFFD, and stored so. */
function onlyUtf8(_request: unknown, _response: unknown, body: Buffer): void {
  if (isUtf8(body)) return;
  throw new UserError(400, 'http/wrong-encoding', 'The body is not valid UTF-8.', [
    {
      pointer: '',
      code: 'http/wrong-encoding',
      message: 'the body has bytes that are not UTF-8',
      hint: 'Save the file as UTF-8.',
      severity: 'error',
    },
  ]);
}
