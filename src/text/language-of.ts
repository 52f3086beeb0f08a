import { languagesOfWords } from './common-words.js';
import { loadTinyld } from './load-later.js';
import { searchedPart } from './seen-by.js';

/** A language that a text may be in. */
export interface FoundLanguage {
  /** ISO 639-1. */
  readonly language: string;
  /** From 0.5 (another language is as likely) to 1. */
  readonly accuracy: number;
}

/** Languages that nobody writes to a business in, but that short texts of others resemble. */
const UNLIKELY: ReadonlySet<string> = new Set(['ber', 'eo', 'la', 'rn', 'tk', 'tlh', 'vo', 'yi']);
/** Below it, the letters say nothing: a code, a typing mistake, a name. */
const MIN_EVIDENCE = 0.05;
/** More words and characters say no more about the language. */
const MAX_WORDS = 200;
const MAX_READ = 1_000;
/** In words. Texts that are not longer are looked up as a whole. */
const SHORT = 4;

/**
 * Recognises the language of a text by its letters, and short greetings, thanks and answers by their words. Addresses and numbers in it do not
 * count, and only the first 2,000 characters are read.
 *
 * @returns undefined if the text says nothing about its language, as `ok`, or is common in several, as `hallo`.
 * @example languageOf('¿Dónde está mi pedido?') // { language: 'es', accuracy: 0.57 }
 */
export function languageOf(text: string): FoundLanguage | undefined {
  const words = wordsIn(text);
  if (words.length === 0) return undefined;
  if (words.length <= SHORT) {
    const known = languagesOfWords(words);
    if (known.length > 0) return known.length === 1 ? { language: known[0] ?? '', accuracy: 1 } : undefined;
  }
  const [best, second] = loadTinyld()
    .detectAll(words.join(' ').slice(0, MAX_READ))
    .filter(({ lang }) => !UNLIKELY.has(lang));
  if (best === undefined || best.accuracy < MIN_EVIDENCE) return undefined;
  const share = best.accuracy / (best.accuracy + (second?.accuracy ?? 0));
  return { language: best.lang, accuracy: Math.round(share * 100) / 100 };
}

/** Returns the different words, without addresses, numbers and single Latin letters: tinyld takes long to read many that are short and alike. */
function wordsIn(text: string): readonly string[] {
  const words = searchedPart(text)
    .split(/\s+/u)
    .filter((word) => !/[@\d/]/u.test(word))
    .flatMap((word) => word.split(/[^\p{L}\p{M}]+/u))
    .filter((word) => /\p{L}/u.test(word) && !/^\p{Script=Latin}\p{M}*$/u.test(word));
  return [...new Set(words)].slice(0, MAX_WORDS);
}

/** Returns the code of three letters (ISO 639-3) for one of two, as far as it is known. */
export function threeLetterCode(language: string): string {
  return loadTinyld().toISO3(language) || language;
}

/** Returns a language as it is compared: without region and script, in two letters if there is such a code. */
export function comparableLanguage(tag: string): string {
  const [code = ''] = tag.trim().toLowerCase().split(/[-_]/);
  return code.length === 3 ? loadTinyld().toISO2(code) || code : code;
}
