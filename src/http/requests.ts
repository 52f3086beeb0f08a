import type { NextFunction, Request, RequestHandler, Response } from 'express';
import Joi from 'joi';
import { isRefused, type Refusal } from '../contract/host/index.js';
import type { Outcome } from '../manage/outcome.js';
import type { Page } from '../manage/page.js';
import { RefusedCall } from './refused-call.js';
import type { Answer } from './route.js';

/** Makes an express handler of one that returns a promise; its errors reach the error answers. */
export function handler(handle: (request: Request, response: Response, next: NextFunction) => Promise<void>): RequestHandler {
  return (request, response, next) => {
    handle(request, response, next).catch(next);
  };
}

/** The query of a list: how much of it, and from where. */
export interface ListQuery {
  readonly limit: number;
  readonly cursor?: string;
}

/** Returns the schema of a list's query, with what else it can be asked for. */
export function listQuery(members: Joi.SchemaMap = {}): Joi.ObjectSchema {
  return Joi.object({
    limit: Joi.number().integer().min(1).max(200).default(50).description('The maximum number of items.'),
    cursor: Joi.string().max(500).description('`next` of the previous page.'),
    ...members,
  });
}

/** Answers with a page of a list, and with what its operation has found beside it. */
export function pageAnswer<T>(outcome: Outcome<Page<T>>): Answer | Refusal {
  if (isRefused(outcome)) return outcome;
  const { items, next, ...more } = outcome.done;
  return { body: { items, ...more, ...(next === undefined ? {} : { next: toCursor(next) }) } };
}

/** Reads the query of a list: `after` in the place of the cursor. Refuses a cursor that no list has given. */
export function readList<Q extends ListQuery>({ cursor, ...query }: Q): Omit<Q, 'cursor'> & { readonly after?: string } {
  const after = cursor === undefined ? undefined : keyIn(cursor);
  return { ...query, ...(after === undefined ? {} : { after }) };
}

/** Reads the cursor of a list that counts: `12`, or `12.3` if it counts two things; zeros without a cursor. */
export function countsIn({ cursor }: ListQuery): readonly [number, number] {
  if (cursor === undefined) return [0, 0];
  const [, first, second = '0'] = /^(\d{1,15})(?:\.(\d{1,9}))?$/.exec(keyIn(cursor)) ?? [];
  if (first === undefined) throw badCursor();
  return [Number(first), Number(second)];
}

function keyIn(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (key === '' || toCursor(key) !== cursor || key.includes('\0')) throw badCursor();
  return key;
}

function toCursor(key: string): string {
  return Buffer.from(key).toString('base64url');
}

function badCursor(): RefusedCall {
  return new RefusedCall({
    refused: 'http/bad-query',
    detail: 'The cursor is not valid for this list.',
    problems: [
      {
        pointer: '/cursor',
        code: 'query/wrong',
        message: 'the cursor is not valid',
        hint: 'Use "next" of the previous page.',
        severity: 'error',
      },
    ],
  });
}
