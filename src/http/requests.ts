import type { NextFunction, Request, RequestHandler, Response } from 'express';
import Joi from 'joi';
import { UserError } from '../contract/index.js';
import type { Answer } from './route.js';

/** A handler of express that may wait; its errors reach the error answers. */
export function handler(handle: (request: Request, response: Response, next: NextFunction) => Promise<void>): RequestHandler {
  return (request, response, next) => {
    handle(request, response, next).catch(next);
  };
}

/** How much of a list, and from where. */
export interface Page {
  readonly limit: number;
  readonly cursor?: string;
}
/** The query of a list, with what else it can be asked for. */
export function pageOf(members: Joi.SchemaMap = {}): Joi.ObjectSchema {
  return Joi.object({
    limit: Joi.number().integer().min(1).max(200).default(50).description('At most so many items.'),
    cursor: Joi.string().max(200).description('The `next` of the page before.'),
    ...members,
  });
}

/** A page of a list: one more than asked for tells whether there is a next. `key` is what the list goes on after. */
export function pageAnswer<T>({
  found,
  limit,
  key,
  show,
}: {
  readonly found: readonly T[];
  readonly limit: number;
  readonly key: (item: T) => string;
  readonly show: (item: T) => unknown;
}): Answer {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const next = found.length > limit && last !== undefined ? { next: toCursor(key(last)) } : {};
  return { body: { items: items.map(show), ...next } };
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
