import type { Problem } from '../contract/index.js';
import { isPhoneDigits } from '../text/read-phone.js';

/**
 * What is wrong with an identity that a caller has made up of a phone number: `whatsapp:0049…` is nobody's. Judged by its digits alone;
 * a 00 is not guessed into a +. What a provider tells is never judged.
 */
export function judgeIdentity(identity: string, pointer: string): Problem | undefined {
  const [, digits] = /^(?:whatsapp|phone):\+?(\d+)$/.exec(identity) ?? [];
  if (digits === undefined || isPhoneDigits(digits)) return undefined;
  return {
    pointer,
    code: 'contact/bad-number',
    message: `"${identity}" has no phone number that can be reached: it has 7 to 15 digits, the first one not 0`,
    hint: 'Write the number as E.164, the country first: whatsapp:4915112345678, phone:+4915112345678.',
    severity: 'error',
  };
}
