import type { Problem } from '../contract/index.js';
import { isPhoneDigits } from '../text/read-phone.js';

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
