import { foldKeepingSigns, foldWords } from './fold.js';
import { seenBy } from './seen-by.js';

/** Where a keyword has to stand in a text. */
export type KeywordMode = 'firstWord' | 'onlyWord' | 'anywhere';

/** A keyword made ready to be looked for. */
export interface Keyword {
  /** As it stands in the flow. */
  readonly text: string;
  readonly folded: string;
  /** It is made of signs (#, 👋), which are looked for where they are no part of a word. */
  readonly isSign: boolean;
}

/** A text made ready for many keywords. */
export interface SaidText {
  readonly words: string;
  readonly withSigns: string;
}

const LETTER = String.raw`[\p{L}\p{N}\p{M}]`;
/** Signs that are part of the word at whose edge they stand (c++, -5), and part two words between which they stand (order-17). */
const PART = '[-+#%$*]';
const PART_OF_NOTHING = new RegExp(`(?<!${LETTER}|${PART})${PART}+(?!${LETTER}|${PART})`, 'gu');
const WORD_ENDS_BEFORE = new RegExp(`^(?:$| |${PART}+${LETTER})`, 'u');
const WORD_BEGINS_AFTER = new RegExp(`(?:^| |${LETTER}${PART}+)$`, 'u');
/** Letters of scripts that write no blanks between words. */
const UNBLANKED = String.raw`[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]`;
const ENDS_UNBLANKED = new RegExp(`${UNBLANKED}$`, 'u');
const BEGINS_UNBLANKED = new RegExp(`^${UNBLANKED}`, 'u');
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** Makes a keyword ready; `Straße!` is found in `strasse`, `#` where the sign stands alone. */
export function keywordOf(text: string): Keyword {
  const folded = foldWords(text);
  const words = withoutInnerSigns(folded);
  return words === '' ? { text, folded, isSign: true } : { text, folded: words, isSign: false };
}

/** Makes a text ready to be searched. */
export function saidText(text: string): SaidText {
  const seen = seenBy(text);
  return { words: withoutInnerSigns(foldWords(seen)), withSigns: foldKeepingSigns(seen) };
}

/**
 * Returns true if the text begins with the keyword, which may have several words, consists of it, or holds it. In scripts without
 * blanks `firstWord` goes by the words that a dictionary finds, `anywhere` by the letters.
 */
export function hasKeyword(said: SaidText, { folded, isSign }: Keyword, mode: KeywordMode): boolean {
  if (folded === '') return false;
  const text = isSign ? said.withSigns : said.words;
  if (mode === 'onlyWord') return text === folded;
  if (mode === 'firstWord') return text.startsWith(folded) && (isSign ? isApart(text, 0, folded) : isFirstWord(text, folded.length));
  for (let at = text.indexOf(folded); at >= 0; at = text.indexOf(folded, at + 1)) {
    if (isSign ? isApart(text, at, folded) : isWhole(text, at, at + folded.length)) return true;
  }
  return false;
}

/** The words between single blanks. Signs within a text part words, but for those that belong to a word (t-shirt, c++). */
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
  return isUnblanked(text, end) && segmenter.segment(text).containing(end)?.index === end;
}

function isWhole(text: string, start: number, end: number): boolean {
  const begins = WORD_BEGINS_AFTER.test(text.slice(Math.max(0, start - 20), start)) || isUnblanked(text, start);
  return begins && (WORD_ENDS_BEFORE.test(text.slice(end)) || isUnblanked(text, end));
}

/** One of the letters at this place is of a script without blanks, and the one before it is complete. */
function isUnblanked(text: string, at: number): boolean {
  const [before, rest] = [text.slice(Math.max(0, at - 2), at), text.slice(at, at + 2)];
  return !/^\p{M}/u.test(rest) && (ENDS_UNBLANKED.test(before) || BEGINS_UNBLANKED.test(rest));
}

/** The * of 5*3 and the # of #sale are part of words, an emoji never is. */
function isApart(text: string, start: number, sign: string): boolean {
  const [before, rest] = [text.slice(Math.max(0, start - 2), start), text.slice(start + sign.length, start + sign.length + 2)];
  const isPart = (edge: string) => new RegExp(PART).test(edge);
  return (
    !(isPart(sign.at(-1) ?? '') && new RegExp(`^${LETTER}`, 'u').test(rest)) &&
    !(isPart(sign[0] ?? '') && new RegExp(`${LETTER}$`, 'u').test(before))
  );
}
