import { isUtf8 } from 'node:buffer';
import express, { type RequestHandler } from 'express';
import type Joi from 'joi';
import { isRefused, type Refusal } from '../contract/host/index.js';
import type { Problem } from '../contract/index.js';
import { parseJson } from '../contract/json/exact-json.js';
import { findUnsafeJson } from '../flow/find-unsafe-json.js';
import { problemsOfJoi, validateAll } from '../flow/problems-of-joi.js';
import type { Description } from '../flow/walk-schema.js';
import { RefusedCall } from './refused-call.js';
import type { Route } from './route.js';

const MAX_BODY = '2mb';
const JSON_TYPE = 'application/json';

/** Returns the middleware that reads the body of a route, if it takes one. */
export function readsBody({ body, files = [], maxBody = MAX_BODY }: Route): readonly RequestHandler[] {
  if (body === undefined) return [];
  const readFile = files.length === 0 ? [] : [express.raw({ type: [...files], limit: maxBody })];
  return [...readFile, onlyJson(files), express.raw({ type: JSON_TYPE, limit: maxBody, verify: onlyUtf8 }), parseBody];
}

/** Reads the query as the route's schema makes it. */
export function readQuery({ query }: Route, given: unknown): unknown {
  return query === undefined ? {} : orThrow(checked<unknown>(query, given, QUERY));
}

/** Reads the body as the route's schema makes it; as it came if the handler checks it. */
export function readBody({ body: schema, mayLackBody, checksBody }: Route, given: unknown): unknown {
  // `null` is a body.
  const body = given === undefined && mayLackBody ? {} : given;
  return schema === undefined || checksBody || Buffer.isBuffer(body) ? body : checkedBody(body, schema);
}

/** Checks a body, or a part of one, and refuses the call if it does not fit. */
export function checkedBody<T>(body: unknown, schema: Joi.Schema): T {
  return orThrow(bodyOrRefusal<T>(body, schema));
}

/** Checks a body, or a part of one, whose refusal is reported later, or in its place. */
export function bodyOrRefusal<T>(body: unknown, schema: Joi.Schema): { readonly value: T } | Refusal {
  return checked<T>(schema.required().label('the body'), body, BODY);
}

interface Part {
  readonly family: string;
  readonly convert: boolean;
  readonly refused: 'http/bad-query' | 'http/bad-body';
}
const QUERY: Part = { family: 'query', convert: true, refused: 'http/bad-query' };
const BODY: Part = { family: 'body', convert: false, refused: 'http/bad-body' };

function checked<T>(schema: Joi.Schema, given: unknown, { family, convert, refused }: Part): { readonly value: T } | Refusal {
  const refuse = (problems: readonly Problem[]): Refusal => ({ refused, problems });
  const unsafe = findUnsafeJson(given, 'body');
  if (unsafe) return refuse([unsafe]);
  const { value, error } = validateAll(schema, given, convert);
  if (!error) return { value: value as T };
  const described = () => schema.describe() as Description;
  return refuse(problemsOfJoi(error, { pointer: '', code: family, page: 'docs/api.md', schema: described, value: given, isNoFile: true }));
}

function orThrow<T>(read: { readonly value: T } | Refusal): T {
  if (isRefused(read)) throw new RefusedCall(read);
  return read.value;
}

/** Refuses a body that does not say that it is JSON or one of these files, which express would leave unread. JSON is UTF-8 and nothing else (RFC 8259, 8.1). */
const onlyJson: (files: readonly string[]) => RequestHandler = (files) => (request, _response, next) => {
  if (Buffer.isBuffer(request.body)) return next();
  const length = Number(request.get('content-length') ?? 0);
  const hasBody = length > 0 || request.get('transfer-encoding') !== undefined;
  const type = request.get('content-type') ?? '';
  const wanted = `The body must be sent as application/json, in UTF-8${files.map((one) => `, or as ${one}`).join('')}.`;
  if (hasBody && !(request.is(JSON_TYPE) && !/charset=(?!"?utf-8\b)/i.test(type)))
    throw new RefusedCall({ refused: 'http/wrong-content-type', detail: wanted });
  next();
};

/** Parses a body of JSON with its long numbers exact: the number of an order may have 16 digits or more. An empty body is an empty object. */
const parseBody: RequestHandler = (request, _response, next) => {
  if (!Buffer.isBuffer(request.body) || !request.is(JSON_TYPE)) return next();
  const text = new TextDecoder().decode(request.body);
  try {
    request.body = text === '' ? {} : parseJson(text);
  } catch (error) {
    // What an error of express has, too: they are answered in one place.
    throw Object.assign(error as SyntaxError, { status: 400, body: text });
  }
  next();
};

/** Refuses bytes that are not UTF-8, which would be read, and stored, as U+FFFD. */
function onlyUtf8(_request: unknown, _response: unknown, body: Buffer): void {
  if (isUtf8(body)) return;
  throw new RefusedCall({
    refused: 'http/wrong-encoding',
    detail: 'The body is not valid UTF-8.',
    problems: [
      {
        pointer: '',
        code: 'http/wrong-encoding',
        message: 'the body has bytes that are not UTF-8',
        hint: 'Save the file as UTF-8.',
        severity: 'error',
      },
    ],
  });
}
