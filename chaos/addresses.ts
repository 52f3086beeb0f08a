import type { Writer } from '../adapters/whatsapp/emulator/recipient.js';
import type { Chance } from './random.js';

/**
 * Somebody who writes under two addresses: a word in passing under the user id, the talk under the number. Each is a contact of its own,
 * until Meta tells that they are one: with a message that carries both, or with its answer to a send.
 */
export interface TwoAddresses {
  /** Before which message of the talk, from 1, the word in passing is said: the contact that is older stays. */
  readonly passesBefore: number;
  /** From which message of the talk on Meta tells. */
  readonly toldFrom: number;
  readonly toldBy: 'a message' | 'an answer';
}

/** A word that no flow takes. */
export const IN_PASSING = 'by the way';

/** Two of three who write on WhatsApp, in turn. */
export function twoAddresses(place: number, chance: Chance): TwoAddresses | undefined {
  const toldBy = ([undefined, 'a message', 'an answer'] as const)[place % 3];
  if (toldBy === undefined) return undefined;
  // Early, because a busy machine lets a short run come to few messages of each.
  return { passesBefore: chance.oneOf([1, 2]), toldFrom: chance.oneOf([2, 3, 4]), toldBy };
}

/** Under which addresses a message of the talk is written. */
export function writerOf(phone: string, number: number, how: { readonly two?: TwoAddresses; readonly chance: Chance }): Writer {
  const { two, chance } = how;
  if (two?.toldBy !== 'a message' || number < two.toldFrom) return { from: phone };
  const both = { from: phone, userId: userIdOf(phone) };
  return number === two.toldFrom ? both : chance.oneOf([both, { from: phone }, { from: userIdOf(phone) }]);
}

export function userIdOf(phone: string): string {
  return `DE.${phone}`;
}

/** The number of the person behind an address; any other address is its own. */
export function phoneOf(address: string): string {
  return address.replace(/^DE\./, '');
}
