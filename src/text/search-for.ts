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

/** What is looked for: all words in any text, or the digits in one phone number. */
export interface Search {
  /** Folded as `foldKeepingSigns` does. Empty if the search has no sign that can be searched for. */
  readonly words: readonly string[];
  /** Without the zeros before them. Set if the search may be a phone number, or a part of one. */
  readonly digits?: string;
  /** The search consists of spaces, so it finds everything. */
  readonly isBlank: boolean;
}

export function readSearch(search: string): Search {
  const typed = asciiDigits(compatible(search)).trim();
  const digits = digitsIn(typed).replace(/^0+/, '');
  return {
    words: foldKeepingSigns(search).split(' ').filter(Boolean),
    ...(PHONE.test(typed) && digits.length >= MIN_DIGITS ? { digits } : {}),
    isBlank: search.trim() === '',
  };
}

/**
 * Returns a function that says whether all words of a search are in the texts, or the digits of the search in a phone number. Case, accents
 * and the signs of a phone number do not count, nor do the zeros before it.
 *
 * @example searchFor('löwe ada')({ texts: ['Ada Lowe'], phones: [] }) // true
 * @example searchFor('0151 234')({ texts: [], phones: ['whatsapp:4915123456'] }) // true
 */
export function searchFor(search: string): (searched: Searched) => boolean {
  const { words, digits, isBlank } = readSearch(search);
  // What has no sign that can be searched for, such as a NUL, is in no text.
  if (words.length === 0) return () => isBlank;
  return ({ texts, phones }) => {
    if (digits !== undefined && phones.some((phone) => digitsIn(phone).includes(digits))) return true;
    const folded = [...texts, ...phones].map(foldKeepingSigns);
    return words.every((word) => folded.some((text) => text.includes(word)));
  };
}

export function digitsIn(text: string): string {
  return text.replace(/\D/g, '');
}
