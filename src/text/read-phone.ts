import { asciiDigits, compatible, withoutInvisible } from './fold.js';
import { parsePhone } from './parse-phone.js';

/** The maximum length of a typed phone number, in characters. */
const MAX_LENGTH = 100;

/**
 * Reads a text that is one phone number, and returns it as E.164. A number with `+` must be possible; without, as in a wa_id, it must be
 * valid and must not begin with 0.
 *
 * @returns undefined for everything else: two numbers, words around a number, a number without a country code.
 * @example readPhone('+49 (0)1511 2345678 ext. 5') // +4915112345678
 */
export function readPhone(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const typed = asciiDigits(withoutInvisible(compatible(text)))
    .trim()
    .replace(/^\((\+\d{1,3})\)/, '$1');
  // The library reads letters as digits and skips slashes, but +491511234567/68 are two numbers.
  if (!/^(\+|[1-9(])[\d\s().\-\u2010-\u2015/]*\d/.test(typed) || /\/\s*\d{1,3}$/.test(typed)) return undefined;
  const hasCountry = typed.startsWith('+');
  const number = parsePhone(hasCountry ? typed : `+${typed}`);
  if (number === undefined) return undefined;
  if (isMexican521(number.number)) return number.number;
  return (hasCountry ? number.isPossible() : number.isValid()) ? number.number : undefined;
}

/**
 * Returns true if an address can be the digits of a phone number: 7 to 15 digits as in E.164, the first one not 0.
 * Nothing else is checked, because new number ranges appear every month.
 */
export function isPhoneDigits(digits: string): boolean {
  return /^[1-9]\d{6,14}$/.test(digits);
}

/** Returns the digits of an address that is written as a phone number, and every other address unchanged. */
export function phoneDigits(address: string): string {
  return /^\+?[\d\s()-]+$/.test(address) ? address.replace(/\D/g, '') : address;
}

/** Meta writes Mexican mobile numbers as +52 1 and ten digits, which the library does not know. */
function isMexican521(number: string): boolean {
  return /^\+521\d{10}$/.test(number);
}
