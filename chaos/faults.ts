import type { Fault } from '../src/adapter-kit/index.js';
import type { Chance } from './random.js';

/** A fault with its share of all sends. */
export type Kind = readonly [name: string, share: number, fault: (chance: Chance) => Fault];

/** Without a receipt, a host can only send again. In the second case only if it is killed before the response comes. */
const LOST_WITHOUT_RECEIPT: Fault = { lost: true };
const LATE_WITHOUT_RECEIPT: Fault = { slow: 500 };

/** Returns true if receipts are sent in spite of the fault. */
export function sendsReceipts(fault: Fault): boolean {
  return fault !== LOST_WITHOUT_RECEIPT && fault !== LATE_WITHOUT_RECEIPT;
}

/** Returns true if the host gets no readable response. For Viber, HTTP 200 is enough. */
export function isAnswerLost({ lost, nonsense, broken }: Fault): boolean {
  return Boolean(lost || nonsense || broken);
}

/** Accepted, with an unreadable response. */
const NONSENSE: readonly Kind[] = [
  ['taken, 200 in HTML', 0.005, () => ({ nonsense: true })],
  ['taken, the answer breaks off', 0.005, () => ({ broken: true })],
];
const SLOW: readonly Kind[] = [
  ['answered late', 0.03, (chance) => ({ slow: chance.between(20, 600) })],
  ['taken late', 0.03, (chance) => ({ delay: chance.between(20, 600) })],
];
/** Not accepted, without the host knowing. Such a person waits for 20 s, so these are rare: the others have to keep the host busy. */
const UNKNOWN: readonly Kind[] = [
  ['connection dropped', 0.003, () => ({ drop: true })],
  ['502 in HTML', 0.003, () => ({ html: 502 })],
];

export const WHATSAPP_FAULTS: readonly Kind[] = [
  ['answer lost', 0.03, () => ({ lost: true })],
  ['answer lost, no receipt', 0.002, () => LOST_WITHOUT_RECEIPT],
  ['answered late, no receipt', 0.01, () => LATE_WITHOUT_RECEIPT],
  ...SLOW,
  ...NONSENSE,
  ['429, 130429', 0.01, () => ({ error: 130_429, status: 429 })],
  ['131056, too fast for one person', 0.01, () => ({ error: 131_056 })],
  ['500, 131000', 0.01, () => ({ error: 131_000, status: 500 })],
  ...UNKNOWN,
];

/** Viber's receipts do not name our effect, so lost responses are as rare as unknown outcomes. */
export const VIBER_FAULTS: readonly Kind[] = [
  ['answer lost', 0.003, () => ({ lost: true })],
  ['answered late, no receipt', 0.01, () => LATE_WITHOUT_RECEIPT],
  ...SLOW,
  ...NONSENSE,
  ['429, status as a text', 0.01, () => ({ error: 3, status: 429 })],
  ['status 12, too many', 0.01, () => ({ error: 12 })],
  ...UNKNOWN,
];
