import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { asciiDigits, compatible, withoutInvisible } from './fold.js';

/** In characters. */
const LONGEST = 100;

/**
 * Reads the one phone number that a text consists of, and returns it as E.164: `+49 (0)1511 2345678 ext. 5` is `+4915112345678`.
 * With `+` it has to be possible; without, as in a wa_id, it has to be valid and not to begin with 0. Undefined for everything else:
 * two numbers, words around it, a number without its country.
 */
export function readPhone(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const typed = asciiDigits(withoutInvisible(compatible(text)))
    .trim()
    .replace(/^\((\+\d{1,3})\)/, '$1');
  // Letters count as digits for the library, and a slash as nothing: +491511234567/68 are two numbers.
  if (!/^(\+|[1-9(])[\d\s().\-\u2010-\u2015/]*\d/.test(typed) || /\/\s*\d{1,3}$/.test(typed)) return undefined;
  const hasCountry = typed.startsWith('+');
  const number = parsePhoneNumberFromString(hasCountry ? typed : `+${typed}`, { extract: false });
  if (number === undefined) return undefined;
  if (isMexican521(number.number)) return number.number;
  return (hasCountry ? number.isPossible() : number.isValid()) ? number.number : undefined;
}

/**
 * Returns true if the digits of an address can be those of a phone number: E.164 has 7 to 15 of them, the first one not 0.
 * Nothing else is judged: new ranges of numbers appear every month.
 */
export function isPhoneDigits(digits: string): boolean {
  return /^[1-9]\d{6,14}$/.test(digits);
}

/** Returns the digits of an address that is written as a number, every other address as it is. */
export function phoneDigits(address: string): string {
  return /^\+?[\d\s()-]+$/.test(address) ? address.replace(/\D/g, '') : address;
}

/** Meta writes Mexico's mobile numbers as +52 1 and ten digits, which the library does not know. */
function isMexican521(number: string): boolean {
  return /^\+521\d{10}$/.test(number);
}
