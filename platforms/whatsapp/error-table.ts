import { cutText, member, readNumber, readText } from '../../src/adapter-kit/index.js';
import type { JsonObject, SendErrorKind, SendFailure } from '../../src/contract/index.js';

/** What to do about an error of Meta's. */
export interface ErrorMeaning {
  readonly kind: SendErrorKind;
  /** Wait at least this many milliseconds before the next attempt. */
  readonly wait?: number;
  /** Only messages to the same person are throttled. */
  readonly pair?: true;
  /** Another attempt may succeed: Meta could not fetch a file, for example. */
  readonly retryable?: true;
}

const HOURS = 3_600_000;

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
const MEANINGS: readonly (readonly [codes: readonly number[], meaning: ErrorMeaning])[] = [
  [[4, 613, 80007, 130429], { kind: 'throttled' }],
  [[131056], { kind: 'throttled', pair: true }],
  [[131048, 131064], { kind: 'throttled', wait: 24 * HOURS }],
  [[133016], { kind: 'throttled', wait: 72 * HOURS }],
  [[1, 2, 131000, 131016, 131057, 133004], { kind: 'unreachable' }],
  [[0, 3, 10, 190, 131005, ...Array.from({ length: 100 }, (_, i) => 200 + i)], { kind: 'config' }],
  [[131053], { kind: 'rejected', retryable: true }],
  [[131047], { kind: 'window-closed' }],
  [[368, 130403, 130497, 131031, 131037, 131042, 131044, 131045, 131050], { kind: 'blocked' }],
];
const BY_CODE = new Map(MEANINGS.flatMap(([codes, meaning]) => codes.map((code) => [code, meaning] as const)));

/** Returns the meaning of a code. Every code that is not in the table means that the message was refused for good. */
export function meaningOf(code: number): ErrorMeaning {
  return BY_CODE.get(code) ?? { kind: 'rejected' };
}

/** Returns the code of an error. An error without one counts as 131000, "Something went wrong". */
export function codeOf(error: JsonObject): number {
  return readNumber(error['code']) ?? 131_000;
}

/** Returns an error of Meta's with a text for the operator. Only the code and the details are stable; titles and HTTP statuses are not. */
export function failureOf(error: JsonObject): SendFailure {
  const code = codeOf(error);
  const texts = [error['title'], error['message'], member(error['error_data'], 'details')].flatMap((text) => readText(text) || []);
  const message = cutText([...new Set(texts)].join(': '), 500) || `Meta's error ${code}`;
  return { kind: meaningOf(code).kind, code: `${code}`, message };
}
