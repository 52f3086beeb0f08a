import type { Chance } from './random.js';

/** What a send may suffer at either provider. */
export interface ProviderFault {
  readonly error?: number;
  readonly status?: number;
  readonly delay?: number;
  readonly slow?: number;
  readonly drop?: boolean;
  readonly lost?: boolean;
  readonly html?: number;
  readonly nonsense?: boolean;
  readonly broken?: boolean;
}

/** With its share of all sends. */
export type Kind = readonly [name: string, share: number, fault: (chance: Chance) => ProviderFault];

/** Not told by a receipt either: then sending again is all that is left, for the second where the host is killed before the answer comes. */
const NEVER_TOLD: ProviderFault = { lost: true };
const ANSWER_ALONE: ProviderFault = { slow: 500 };

/** Is a receipt sent in spite of it? */
export function isTold(fault: ProviderFault): boolean {
  return fault !== NEVER_TOLD && fault !== ANSWER_ALONE;
}

/** Does the host not hear that it was taken? Of Viber it believes so by HTTP 200 alone. */
export function isAnswerLost({ lost, nonsense, broken }: ProviderFault): boolean {
  return Boolean(lost || nonsense || broken);
}

/** Taken, and answered with what nobody can read. */
const NONSENSE: readonly Kind[] = [
  ['taken, 200 in HTML', 0.005, () => ({ nonsense: true })],
  ['taken, the answer breaks off', 0.005, () => ({ broken: true })],
];
const SLOW: readonly Kind[] = [
  ['answered late', 0.03, (chance) => ({ slow: chance.between(20, 600) })],
  ['taken late', 0.03, (chance) => ({ delay: chance.between(20, 600) })],
];
/** Where nothing is taken and nobody knows, a person waits for 20 s: seldom, so that the others keep the host busy. */
const NOBODY_KNOWS: readonly Kind[] = [
  ['connection dropped', 0.003, () => ({ drop: true })],
  ['502 in HTML', 0.003, () => ({ html: 502 })],
];

export const WHATSAPP_FAULTS: readonly Kind[] = [
  ['answer lost', 0.03, () => ({ lost: true })],
  ['answer lost, no receipt', 0.002, () => NEVER_TOLD],
  ['answered late, no receipt', 0.01, () => ANSWER_ALONE],
  ...SLOW,
  ...NONSENSE,
  ['429, 130429', 0.01, () => ({ error: 130_429, status: 429 })],
  ['131056, too fast for one person', 0.01, () => ({ error: 131_056 })],
  ['500, 131000', 0.01, () => ({ error: 131_000, status: 500 })],
  ...NOBODY_KNOWS,
];

/** No receipt of Viber's names our message, so a lost answer is as seldom as what nobody knows. */
export const VIBER_FAULTS: readonly Kind[] = [
  ['answer lost', 0.003, () => ({ lost: true })],
  ['answered late, no receipt', 0.01, () => ANSWER_ALONE],
  ...SLOW,
  ...NONSENSE,
  ['429, status as a text', 0.01, () => ({ error: 3, status: 429 })],
  ['status 12, too many', 0.01, () => ({ error: 12 })],
  ...NOBODY_KNOWS,
];
