import type { NextFunction, Request, RequestHandler, Response } from 'express';
import Joi from 'joi';
import { UserError } from '../contract/index.js';
import { problemsOfJoi } from '../flow/problems-of-joi.js';

/** A handler that may wait; its errors reach the error answers. */
export function route(handle: (request: Request, response: Response, next: NextFunction) => Promise<void>): RequestHandler {
  return (request, response, next) => {
    handle(request, response, next).catch(next);
  };
}

/** A name in the path. */
export function nameIn(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === 'string' ? value : '';
}

/** The query as this call takes it; each value a text, unknown ones refused. */
export function queryOf<T>(request: Request, members: Joi.SchemaMap): T {
  const schema = Joi.object(members);
  const { value, error } = schema.validate(request.query, { abortEarly: false });
  if (error)
    throw new UserError(
      400,
      'http/bad-query',
      'The query has a value that this call does not take.',
      problemsOfJoi(error, { pointer: '', code: 'query' }),
    );
  return value as T;
}

/** The body as this call takes it, all mistakes at once. */
export function bodyOf<T>(request: Request, members: Joi.SchemaMap<T, true>): T {
  return checkedBody<T>(request.body ?? {}, members);
}

/** As `bodyOf`, of a part of the body that stands for itself. */
export function checkedBody<T>(body: unknown, members: Joi.SchemaMap): T {
  const { value, error } = Joi.object(members).required().validate(body, { abortEarly: false, convert: false });
  if (error)
    throw new UserError(422, 'http/bad-body', 'The body does not fit this call.', problemsOfJoi(error, { pointer: '', code: 'body' }));
  return value as T;
}

export interface Page {
  readonly limit: number;
  readonly cursor?: string;
}
export const PAGE = { limit: Joi.number().integer().min(1).max(200).default(50), cursor: Joi.string().max(200) };

/** A page of a list: one more than asked for tells whether there is a next. `key` is what the list goes on after. */
export function answerPage<T>(response: Response, found: readonly T[], { limit }: Page, key: (item: T) => string): void {
  answerShownPage(response, { found, limit, key, show: (item) => item });
}

export function answerShownPage<T>(
  response: Response,
  {
    found,
    limit,
    key,
    show,
  }: { readonly found: readonly T[]; readonly limit: number; readonly key: (item: T) => string; readonly show: (item: T) => unknown },
): void {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const next = found.length > limit && last !== undefined ? { next: toCursor(key(last)) } : {};
  response.json({ items: items.map(show), ...next });
}

function toCursor(key: string): string {
  return Buffer.from(key).toString('base64url');
}

/** What a list goes on after; a cursor that nobody gave out is the caller's mistake. */
export function afterOf({ cursor }: Page): { readonly after?: string } {
  if (cursor === undefined) return {};
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (key === '' || toCursor(key) !== cursor || key.includes('\0')) throw noCursor();
  return { after: key };
}

/** The same for a list that counts: `12`, or of several things in one `12.3`; zeros at its beginning. */
export function countsOf(page: Page): readonly [number, number] {
  const { after } = afterOf(page);
  if (after === undefined) return [0, 0];
  const [, first, second = '0'] = /^(\d{1,15})(?:\.(\d{1,9}))?$/.exec(after) ?? [];
  if (first === undefined) throw noCursor();
  return [Number(first), Number(second)];
}

function noCursor(): UserError {
  return new UserError(400, 'http/bad-query', 'The cursor is none that this list has given.', [
    { pointer: '/cursor', code: 'query/wrong', message: 'not a cursor', hint: 'Use the "next" of the page before.', severity: 'error' },
  ]);
}
