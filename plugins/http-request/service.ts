import Joi from 'joi';
import { CallError, type Json, type OutboundAnswer, type OutboundAsk, type Service } from '../../src/contract/index.js';
import { readJson } from '../../src/contract/json/exact-json.js';
import type { Auth } from '../../src/params/request.js';
import type { Row } from '../../src/params/rows.js';
import { authorization } from '../../src/requests/authorization.js';
import { headerText } from '../../src/requests/header-text.js';
import { tryOften } from '../../src/requests/try-often.js';
import type { Body } from './params.js';

/** The input of a call. */
interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Row[];
  readonly query: readonly Row[];
  readonly body: Body | null;
  readonly auth: Auth | null;
  readonly timeout: number;
  readonly retries: number;
  readonly keep: readonly ('headers' | 'body')[];
}
/** The result of a call, with headers and body only if parts of them are saved. */
export interface Answered {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
  readonly isJson?: true;
}

const rows = Joi.array().items(Joi.object({ name: Joi.string().required(), value: Joi.any() }).unknown(true));

/** Makes the request, and repeats it after no answer, 429 or 5xx. An answer with any status is a result. */
export const service: Service<Asked> = {
  name: 'http-request',
  input: Joi.object<Asked>({
    method: Joi.string().required(),
    url: Joi.string().required(),
    headers: rows,
    query: rows,
    body: Joi.object().unknown(true).allow(null),
    auth: Joi.object().unknown(true).allow(null),
    timeout: Joi.number(),
    retries: Joi.number(),
    keep: Joi.array(),
  }),
  async call(asked, tools) {
    const ask = requestOf(asked, tools.id);
    return read(await tryOften(ask, asked.retries, tools), asked.keep);
  },
};

function requestOf({ method, url, headers, query, body, auth, timeout }: Asked, id: string): OutboundAsk {
  const address = addressOf(url, query);
  const written = body === null ? undefined : bodyOf(body);
  const own = Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), headerText(name, textsOf(value).join(', '))]));
  return {
    method,
    url: address,
    timeout,
    headers: {
      ...(written ? { 'content-type': written.type } : {}),
      // A call may be repeated after a crash: the other system can recognize it by this.
      ...(method === 'GET' || method === 'HEAD' ? {} : { 'idempotency-key': id }),
      ...(auth === null ? {} : { authorization: authorization(auth) }),
      ...own,
    },
    ...(written ? { body: written.text } : {}),
  };
}

function addressOf(url: string, query: readonly Row[]): string {
  if (!URL.canParse(url)) throw new CallError('request/bad-address', 'the address is invalid');
  const address = new URL(url);
  for (const { name, value } of query) for (const text of textsOf(value)) address.searchParams.append(name, text);
  return address.href;
}

function bodyOf(body: Body): { readonly type: string; readonly text: string } {
  if ('json' in body) return { type: 'application/json', text: JSON.stringify(body.json) };
  if ('text' in body) return { type: 'text/plain; charset=utf-8', text: textOf(body.text) };
  const form = new URLSearchParams(body.form.flatMap(({ name, value }) => textsOf(value).map((text): [string, string] => [name, text])));
  return { type: 'application/x-www-form-urlencoded', text: form.toString() };
}

/** Returns the texts of a value: a list has several, as in forms of the web. */
function textsOf(value: Json): readonly string[] {
  return Array.isArray(value) ? value.map((one: Json) => textOf(one)) : [textOf(value)];
}

function textOf(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function read({ status, headers, body }: OutboundAnswer, keep: Asked['keep']): Json {
  const json = parsed(body);
  const saysJson = /[/+]json\b/i.test(headers['content-type'] ?? '');
  if (status < 400 && saysJson && body.trim() !== '' && json === undefined)
    throw new CallError('request/unreadable', 'the answer has the type JSON, but is not valid JSON');
  return {
    status,
    ...(keep.includes('headers') ? { headers } : {}),
    ...(keep.includes('body') ? { body: json === undefined ? body : json, ...(json === undefined ? {} : { isJson: true }) } : {}),
  };
}

/** Reads an answer as JSON, whatever its type: many servers send JSON as text. */
function parsed(body: string): Json | undefined {
  return body.trim() === '' ? null : readJson(body);
}
