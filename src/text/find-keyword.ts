import { composed, foldKeepingSigns, foldWords, isPlain, withoutOuterSigns } from './fold.js';
import { seenBy } from './seen-by.js';

/** Where a keyword must be in a text. */
export type KeywordMode = 'firstWord' | 'onlyWord' | 'anywhere';

/** A keyword, prepared for the search. */
export interface Keyword {
  /** As written in the flow. */
  readonly text: string;
  readonly folded: string;
  /** True for a keyword of symbols only (#, 👋). These are found only where they are not part of a word. */
  readonly isSign: boolean;
}

/** A text, prepared for the search of many keywords. */
export interface SearchedText {
  readonly words: string;
  readonly withSigns: string;
}

const LETTER = String.raw`[\p{L}\p{N}\p{M}]`;
/** Symbols that belong to the word at whose edge they are (c++, -5), and join two words between which they are (order-17). */
const PART = '[-+#%$*]';
const PART_OF_NOTHING = new RegExp(`(?<!${LETTER}|${PART})${PART}+(?!${LETTER}|${PART})`, 'gu');
const WORD_ENDS_BEFORE = new RegExp(`^(?:$| |${PART}+${LETTER})`, 'u');
const WORD_BEGINS_AFTER = new RegExp(`(?:^| |${LETTER}${PART}+)$`, 'u');
/** Letters of scripts without spaces between words. */
const UNBLANKED = String.raw`[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]`;
const ENDS_UNBLANKED = new RegExp(`${UNBLANKED}$`, 'u');
const BEGINS_UNBLANKED = new RegExp(`^${UNBLANKED}`, 'u');

/** `exact`: words are compared as they are written; only their encoding does not count. */
export interface HowExact {
  readonly exact: boolean;
}

/** Prepares a keyword. `Straße!` is found in `strasse`, and `#` where the symbol stands alone. */
export function keywordOf(text: string, { exact }: HowExact = { exact: false }): Keyword {
  const folded = exact ? composed(text).trim() : foldWords(text);
  const words = withoutInnerSigns(folded);
  return words === '' ? { text, folded, isSign: true } : { text, folded: words, isSign: false };
}

/** Prepares a text. Only its first 10,000 characters are searched. */
export function searchedText(text: string, { exact }: HowExact = { exact: false }): SearchedText {
  const seen = seenBy(text);
  if (exact) return { words: withoutInnerSigns(composed(seen)), withSigns: composed(seen).trim() };
  const withSigns = foldKeepingSigns(seen);
  return { words: isPlain(withSigns) ? withSigns : withoutInnerSigns(withoutOuterSigns(withSigns)), withSigns };
}

/**
 * Returns true if the text begins with the keyword (`firstWord`), consists of it (`onlyWord`), or contains it (`anywhere`). A keyword may
 * have several words. In scripts without spaces, `firstWord` goes by the words of a dictionary, and `anywhere` by the letters.
 */
export function hasKeyword(searched: SearchedText, { folded, isSign }: Keyword, mode: KeywordMode): boolean {
  if (folded === '') return false;
  const text = isSign ? searched.withSigns : searched.words;
  if (mode === 'onlyWord') return text === folded;
  if (mode === 'firstWord') return text.startsWith(folded) && (isSign ? isApart(text, 0, folded) : isFirstWord(text, folded.length));
  for (let at = text.indexOf(folded); at >= 0; at = text.indexOf(folded, at + 1)) {
    if (isSign ? isApart(text, at, folded) : isWhole(text, at, at + folded.length)) return true;
  }
  return false;
}

/** Returns the words with single spaces between them. Symbols separate words, except those that belong to a word (t-shirt, c++). */
function withoutInnerSigns(folded: string): string {
  return folded
    .replace(PART_OF_NOTHING, ' ')
    .replace(/(?![-+#%$*])[\p{P}\p{So}\p{Extended_Pictographic}~]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

function isFirstWord(text: string, end: number): boolean {
  const rest = text.slice(end);
  if (WORD_ENDS_BEFORE.test(rest)) return true;
  return isUnblanked(text, end) && new Intl.Segmenter('en', { granularity: 'word' }).segment(text).containing(end)?.index === end;
}

function isWhole(text: string, start: number, end: number): boolean {
  const begins = WORD_BEGINS_AFTER.test(text.slice(Math.max(0, start - 20), start)) || isUnblanked(text, start);
  return begins && (WORD_ENDS_BEFORE.test(text.slice(end)) || isUnblanked(text, end));
}

/** Returns true if a letter before or after this place is of a script without spaces, and the letter before it is complete. */
function isUnblanked(text: string, at: number): boolean {
  const [before, rest] = [text.slice(Math.max(0, at - 2), at), text.slice(at, at + 2)];
  return !/^\p{M}/u.test(rest) && (ENDS_UNBLANKED.test(before) || BEGINS_UNBLANKED.test(rest));
}

/** Returns true if the symbol is not part of a word. The * of 5*3 and the # of #sale are, an emoji never is. */
function isApart(text: string, start: number, sign: string): boolean {
  const [before, rest] = [text.slice(Math.max(0, start - 2), start), text.slice(start + sign.length, start + sign.length + 2)];
  const isPart = (edge: string) => new RegExp(PART).test(edge);
  return (
    !(isPart(sign.at(-1) ?? '') && new RegExp(`^${LETTER}`, 'u').test(rest)) &&
    !(isPart(sign[0] ?? '') && new RegExp(`${LETTER}$`, 'u').test(before))
  );
}
