import type { JsonObject, SendErrorKind, SendFailure } from '../../src/contract/index.js';
import { member, numberOf, textOf } from '../../src/contract/json-members.js';
import { cutText } from '../../src/text/cut-text.js';

/** What a code of Meta's asks for. `wait`: at least so many milliseconds. `mayPass`: Meta could not fetch a file, say, and may the next time. */
interface Meaning {
  readonly kind: SendErrorKind;
  readonly wait?: number;
  readonly pair?: true;
  readonly mayPass?: true;
}

const HOURS = 3_600_000;

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
const MEANINGS: readonly (readonly [codes: readonly number[], meaning: Meaning])[] = [
  [[4, 613, 80007, 130429], { kind: 'throttled' }],
  [[131056], { kind: 'throttled', pair: true }],
  [[131048, 131064], { kind: 'throttled', wait: 24 * HOURS }],
  [[133016], { kind: 'throttled', wait: 72 * HOURS }],
  [[1, 2, 131000, 131016, 131057, 133004], { kind: 'unreachable' }],
  [[0, 3, 10, 190, 131005, ...Array.from({ length: 100 }, (_, i) => 200 + i)], { kind: 'config' }],
  [[131053], { kind: 'rejected', mayPass: true }],
  [[131047], { kind: 'window-closed' }],
  [[368, 130403, 130497, 131031, 131037, 131042, 131044, 131045, 131050], { kind: 'blocked' }],
];
const BY_CODE = new Map(MEANINGS.flatMap(([codes, meaning]) => codes.map((code) => [code, meaning] as const)));

/** All other codes prove that the message was refused for good. */
export function meaningOf(code: number): Meaning {
  return BY_CODE.get(code) ?? { kind: 'rejected' };
}

/** The code of an error; one that Meta does not name counts as its "something went wrong". */
export function codeOf(error: JsonObject): number {
  return numberOf(error['code']) ?? 131_000;
}

/** An error of Meta's in the operator's words; `code` and details are stable, titles and HTTP status are not. */
export function failureOf(error: JsonObject): SendFailure {
  const code = codeOf(error);
  const said = [error['title'], error['message'], member(error['error_data'], 'details')];
  const words = said.flatMap((one) => textOf(one) || []);
  return {
    kind: meaningOf(code).kind,
    code: `${code}`,
    message: cutText([...new Set(words)].join(': '), 500) || `Meta's error ${code}`,
  };
}
