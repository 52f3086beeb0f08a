import type { Writer } from '../adapters/whatsapp/emulator/recipient.js';
import type { Chance } from './random.js';

/**
 * A person with two addresses: a first message comes from the user id, and the conversation from the phone number. Each is a contact of its
 * own until Meta reveals that they are the same person, with a message that has both addresses, or with its response to a send.
 */
export interface TwoAddresses {
  /** The message of the conversation, from 1, before which the first message is sent. The older contact is the one that stays. */
  readonly passesBefore: number;
  /** The message of the conversation from which on Meta reveals both addresses. */
  readonly revealedFrom: number;
  readonly revealedBy: 'a message' | 'an answer';
}

/** A message that starts no flow. */
export const IN_PASSING = 'by the way';

/** Gives two addresses to two of three people on WhatsApp, in turn. */
export function twoAddresses(place: number, chance: Chance): TwoAddresses | undefined {
  const revealedBy = ([undefined, 'a message', 'an answer'] as const)[place % 3];
  if (revealedBy === undefined) return undefined;
  // Early, because on a busy machine there are few messages from each person in a short run.
  return { passesBefore: chance.oneOf([1, 2]), revealedFrom: chance.oneOf([2, 3, 4]), revealedBy };
}

/** Returns the addresses that a message of the conversation has. */
export function writerOf(phone: string, number: number, how: { readonly two?: TwoAddresses; readonly chance: Chance }): Writer {
  const { two, chance } = how;
  if (two?.revealedBy !== 'a message' || number < two.revealedFrom) return { from: phone };
  const both = { from: phone, userId: userIdOf(phone) };
  return number === two.revealedFrom ? both : chance.oneOf([both, { from: phone }, { from: userIdOf(phone) }]);
}

export function userIdOf(phone: string): string {
  return `DE.${phone}`;
}

/** Returns the phone number of the person with an address, and any other address unchanged. */
export function phoneOf(address: string): string {
  return address.replace(/^DE\./, '');
}
