import { asciiDigits, compatible, withoutInvisible } from './fold.js';
import { parsePhone } from './parse-phone.js';
import { readPhone } from './read-phone.js';
import { searchedPart } from './seen-by.js';

/** What may be a phone number: digits with the signs that people put between them. */
const CANDIDATE = /(?<![\p{L}\p{N}])(?:\+|\(\+?)?\d(?:[ \u00a0().\-\u2010-\u2015/]{0,3}\d){5,18}(?![\p{L}\p{N}])/gu;
const DATE = /^\d{1,4}([./-])\d{1,2}\1\d{1,4}/;
/** The maximum of numbers that are returned. */
const MAX_FOUND = 20;

/**
 * Finds the phone numbers in a text, as E.164: with a country code, or as they are dialled in a country. Only the first 2,000 characters are
 * searched.
 *
 * @param region ISO 3166 code of the country whose national numbers count.
 * @example phonesIn('call me: 0151 12345678', { region: 'DE' }) // ['+4915112345678']
 */
export function phonesIn(text: string, { region }: { readonly region?: string | undefined } = {}): readonly string[] {
  const plain = asciiDigits(withoutInvisible(compatible(searchedPart(text))));
  const found = [...plain.matchAll(CANDIDATE)]
    .slice(0, 2 * MAX_FOUND)
    .flatMap(([candidate]) => phoneOf(candidate, { region, isWhole: candidate === plain.trim() }) ?? []);
  return [...new Set(found)].slice(0, MAX_FOUND);
}

/** Returns the text without the phone numbers that `phonesIn` finds in it. */
export function withoutPhones(text: string, { region }: { readonly region?: string | undefined } = {}): string {
  const plain = asciiDigits(withoutInvisible(compatible(searchedPart(text))));
  return plain.replace(CANDIDATE, (candidate) =>
    phoneOf(candidate, { region, isWhole: candidate === plain.trim() }) === undefined ? candidate : ' ',
  );
}

interface Context {
  readonly region: string | undefined;
  /** Whether the text has nothing else. */
  readonly isWhole: boolean;
}

function phoneOf(candidate: string, { region, isWhole }: Context): string | undefined {
  if (DATE.test(candidate)) return undefined;
  const international = candidate.includes('+') ? readPhone(candidate) : undefined;
  if (international !== undefined || candidate.startsWith('+')) return international;
  const number = region === undefined ? undefined : parsePhone(candidate, region);
  // New ranges of numbers are not known yet: with the 0 of national numbers, and nothing around them, they only have to be possible.
  const counts = isWhole && candidate.startsWith('0') ? number?.isPossible() : number?.isValid();
  // In most countries 00 is dialled before a country code.
  return counts ? number?.number : readPhone(candidate.replace(/^00(?=[1-9])/, ''));
}

/**
 * Returns the country of a phone number (ISO 3166), undefined if it has none or is not known.
 *
 * @param phone E.164, with or without the `+`.
 */
export function regionOfPhone(phone: string): string | undefined {
  const digits = phone.replace(/^\+/, '');
  return /^\d{7,15}$/.test(digits) ? parsePhone(`+${digits}`)?.country : undefined;
}

/** Returns the phone numbers among the identities of a contact, without the `+`. A WhatsApp id is a phone number, too. */
export function phonesOf(identities: readonly string[]): readonly string[] {
  return identities.flatMap((identity) => /^(?:phone|whatsapp):\+?(\d+)$/.exec(identity)?.[1] ?? []);
}

/** Returns the country of the phone number among the identities of a contact (ISO 3166), undefined if none is known. */
export function regionOf(identities: readonly string[]): string | undefined {
  return phonesOf(identities)
    .map(regionOfPhone)
    .find((region) => region !== undefined);
}
