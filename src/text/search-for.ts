import { asciiDigits, compatible, foldKeepingSigns } from './fold.js';

/** The signs of a phone number as people write it, whole or a part of it. */
const PHONE = /^[+(]?[\d\s()/.-]*$/;
/** Shorter numbers are in most phone numbers. */
const MIN_DIGITS = 3;

/** What is searched. */
export interface Searched {
  readonly texts: readonly string[];
  /** Phone numbers with their country code, and other texts with such a number in them. */
  readonly phones: readonly string[];
}

/**
 * Returns a function that says whether all words of a search are in the texts, or the digits of the search in a phone number. Case, accents
 * and the signs of a phone number do not count, nor do the zeros before it.
 *
 * @example searchFor('löwe ada')({ texts: ['Ada Lowe'], phones: [] }) // true
 * @example searchFor('0151 234')({ texts: [], phones: ['whatsapp:4915123456'] }) // true
 */
export function searchFor(search: string): (searched: Searched) => boolean {
  const typed = asciiDigits(compatible(search)).trim();
  const digits = digitsIn(typed).replace(/^0+/, '');
  const isPhone = PHONE.test(typed) && digits.length >= MIN_DIGITS;
  const words = foldKeepingSigns(search).split(' ').filter(Boolean);
  // Spaces alone are no search. What has no sign that can be searched for, such as a NUL, is in no text.
  if (words.length === 0) return () => search.trim() === '';
  return ({ texts, phones }) => {
    if (isPhone && phones.some((phone) => digitsIn(phone).includes(digits))) return true;
    const folded = foldKeepingSigns([...texts, ...phones].join('\n'));
    return words.every((word) => folded.includes(word));
  };
}

function digitsIn(text: string): string {
  return text.replace(/\D/g, '');
}
