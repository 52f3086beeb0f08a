import { asciiDigits } from './fold.js';
import { parsePhone } from './parse-phone.js';

/** What is known of a phone number. */
export interface PhoneParts {
  readonly e164: string;
  /** The country code, without `+`. */
  readonly callingCode: string;
  /** The country (ISO 3166), if the number belongs to one. */
  readonly region?: string;
  /** As it is written in its country. */
  readonly national: string;
}

/**
 * Returns the parts of a phone number.
 *
 * @param phone E.164, such as `phonesIn` returns.
 * @example phoneParts('+4915112345678') // { e164: '+4915112345678', callingCode: '49', region: 'DE', national: '01511 2345678' }
 */
export function phoneParts(phone: string): PhoneParts | undefined {
  const number = parsePhone(phone);
  if (!number) return undefined;
  const { number: e164, countryCallingCode: callingCode, country } = number;
  return { e164, callingCode, ...(country === undefined ? {} : { region: country }), national: number.formatNational() };
}

/** Returns a part of a number as it is compared: digits alone, or the capital letters of a country. */
export function comparablePart(part: string): string {
  const letters = part.trim().toUpperCase();
  return /^[A-Z]+$/.test(letters) ? letters : asciiDigits(part).replace(/\D/g, '');
}
