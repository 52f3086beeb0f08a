import type { Problem } from '../contract/index.js';
import { isPhoneDigits, readPhone } from '../text/read-phone.js';

/**
 * Returns what is wrong with an identity that a caller has made from a phone number, as in `whatsapp:0049…`. It looks at the digits only,
 * and does not guess that 00 means +. Identities that come from a provider are never checked.
 */
export function judgeIdentity(identity: string, pointer: string): Problem | undefined {
  const [, digits] = /^(?:whatsapp|phone):\+?(\d+)$/.exec(identity) ?? [];
  if (digits === undefined || isPhoneDigits(digits)) return undefined;
  return {
    pointer,
    code: 'contact/bad-number',
    message: `"${identity}" has no valid phone number: it needs 7 to 15 digits, and must not begin with 0`,
    hint: 'Write the number as E.164, with the country code: whatsapp:4915112345678, phone:+4915112345678.',
    severity: 'error',
  };
}

/**
 * Returns an identity as it is stored, if it is made from a number: `phone:4915…`, `+4915…`, and the `phone: 4915…` of an address whose +
 * was not encoded.
 */
export function storedIdentity(identity: string): string {
  const [, kind, digits] = /^(?:(whatsapp|phone):)?[+ ]?(\d+)$/.exec(identity) ?? [];
  if (digits === undefined) return identity;
  return kind === 'whatsapp' ? `whatsapp:${digits}` : `phone:+${digits}`;
}

/** Returns the identities that a text with a phone number in another form may mean: `+49 151 12345678`. */
export function identitiesMeant(written: string): readonly string[] {
  const number = readPhone(written.replace(/^\s*(?:whatsapp|phone|tel):\s*/i, '').replace(/^00/, '+'));
  return number === undefined ? [] : [`whatsapp:${number.slice(1)}`, `phone:${number}`];
}
