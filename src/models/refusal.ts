import { type AnswerHead, CallError, type JsonObject } from '../contract/index.js';
import { readJson } from '../contract/json/exact-json.js';
import { member, readText } from '../contract/json/json-members.js';

/** Why there is no answer of a model: its server has answered with a status of 400 or more, or the connection was lost. */
export type Refusal = RefusedByStatus | { readonly lost: CallError };
interface RefusedByStatus {
  readonly status: number;
  /** What the server says. */
  readonly says: string;
  /** Milliseconds after which it may be asked again, if it says so. */
  readonly retryAfter?: number;
}

/** Characters of what a server says. */
const MAX_WORDS = 300;

export function refusalOf({ status, headers }: AnswerHead, raw: string): Refusal {
  const body = readJson(raw);
  const error = member(body, 'error');
  const says =
    readText(member(error, 'message')) ?? readText(error) ?? readText(member(body, 'message')) ?? readText(member(body, 'detail')) ?? '';
  const retryAfter = retryAfterOf(headers);
  return { status, says: says.slice(0, MAX_WORDS), ...(retryAfter === undefined ? {} : { retryAfter }) };
}

/** https://datatracker.ietf.org/doc/html/rfc9110#section-10.2.3. A date is compared with the server's own time. */
function retryAfterOf(headers: AnswerHead['headers']): number | undefined {
  const [millis, after] = [headers['retry-after-ms'], headers['retry-after']];
  if (millis !== undefined && Number(millis) >= 0) return Number(millis);
  if (after === undefined) return undefined;
  const wait = /^\s*\d+(\.\d+)?\s*$/.test(after) ? Number(after) * 1_000 : Date.parse(after) - Date.parse(headers['date'] ?? '');
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/**
 * Returns the milliseconds to wait before the model is asked again; undefined if that is of no use, or would take more than half of the
 * time that there is.
 */
export function pauseAfter(refusal: Refusal, { tries, timeout }: { readonly tries: number; readonly timeout: number }): number | undefined {
  const own = 500 * 2 ** (tries - 1);
  if ('lost' in refusal) return own;
  const { status, retryAfter = own } = refusal;
  const mayHelp = status === 408 || status === 429 || status >= 500;
  return mayHelp && retryAfter <= timeout / 2 ? retryAfter : undefined;
}

/** Members of a request that some models or servers do not know, and what is sent instead. They name the member, or the one to use. */
const REFUSED: readonly { readonly named: string; readonly member: string; readonly instead?: string }[] = [
  { named: 'stream_options', member: 'stream_options' },
  { named: 'response_format', member: 'response_format' },
  { named: 'max_completion_tokens', member: 'max_tokens', instead: 'max_completion_tokens' },
  { named: 'temperature', member: 'temperature' },
];

/** Returns the request without the member that the server has refused; undefined if it has refused something else. */
export function withoutRefused(body: JsonObject, refusal: Refusal): JsonObject | undefined {
  if ('lost' in refusal || (refusal.status !== 400 && refusal.status !== 422)) return undefined;
  const found = REFUSED.find(({ named, member: name }) => refusal.says.includes(named) && body[name] !== undefined);
  if (!found) return undefined;
  const { [found.member]: value = null, ...rest } = body;
  return found.instead === undefined ? rest : { ...rest, [found.instead]: value };
}

/** Returns the error that a flow sees. What a server says of a refused key is left out, because it repeats parts of the key. */
export function errorOf(refusal: Refusal): CallError {
  if ('lost' in refusal) return refusal.lost;
  const { status, says } = refusal;
  const because = says === '' ? '' : `: ${says}`;
  if (status === 401 || status === 403) return new CallError('model/unauthorized', `the model refused the key (${status})`, false, status);
  if (status === 429) return new CallError('model/rate-limited', `the model is asked too often (429)${because}`, true, status);
  if (status === 408 || status >= 500) return new CallError('model/unavailable', `the model answered ${status}${because}`, true, status);
  return new CallError('model/refused-request', `the model answered ${status}${because}`, false, status);
}
