import type { Identity, Sender } from '../../src/contract/index.js';

// A person on WhatsApp is known by a phone number (the wa_id), by a business-scoped user id such as `US.13491208655302741918`, or by both.
// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids

/**
 * Returns the identities of a person from wa_ids and user ids: user ids first, phone numbers after them, which is the order in which
 * identities are claimed.
 *
 * @example identitiesOf(['+16505551234', 'US.1349'])   // ['whatsapp:US.1349', 'whatsapp:16505551234', 'phone:+16505551234']
 */
export function identitiesOf(ids: readonly string[]): readonly Identity[] {
  const users: Identity[] = [];
  const numbers: Identity[] = [];
  const phones: Identity[] = [];
  for (const id of ids) {
    if (isPhone(id)) {
      numbers.push(`whatsapp:${digitsOf(id)}`);
      phones.push(`phone:+${digitsOf(id)}`);
    } else users.push(`whatsapp:${id}`);
  }
  return unique([...users, ...numbers, ...phones]);
}

/** Returns the id that messages are sent to: a phone number if there is one, because some messages may be sent to no other. */
export function addressOf(ids: readonly string[]): string {
  const phone = ids.find(isPhone);
  return phone === undefined ? (ids[0] ?? '') : digitsOf(phone);
}

/** Returns the person of an identity, `whatsapp:<wa_id or user id>` or `phone:+<digits>`, with the address that messages are sent to. */
export function senderOf(identity: Identity): Sender | undefined {
  const [, kind, id = ''] = /^(whatsapp|phone):(\S{1,150})$/.exec(identity) ?? [];
  if (kind === undefined || !isAddress(id) || (kind === 'phone' && !isPhone(id))) return undefined;
  return { identities: identitiesOf([id]), address: addressOf([id]) };
}

/** Returns the business-scoped user id among a person's identities. The id of a whole enterprise (`US.ENT.…`) is not one person's. */
export function userIdIn(identities: readonly Identity[]): Identity | undefined {
  return identities.find((identity) => /^whatsapp:[A-Z]{2}\.(?!ENT\.)/.test(identity));
}

/** Returns true if messages can be sent to this id: a phone number, or a user id. */
export function isAddress(id: string): boolean {
  return isPhone(id) || /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(id);
}

/** Returns true if this is a phone number of digits alone, with or without `+`. */
export function isPhone(id: string): boolean {
  return /^\+?\d{5,20}$/.test(id);
}

/** Returns the values in their order, each of them once. */
export function unique(values: readonly string[]): readonly string[] {
  return values.filter((value, i) => values.indexOf(value) === i);
}

function digitsOf(phone: string): string {
  return phone.replace('+', '');
}
