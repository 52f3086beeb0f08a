import { type HowExact, hasKeyword, type Keyword, searchedText } from './find-keyword.js';
import { composed, fold } from './fold.js';
import { seenBy } from './seen-by.js';

/** Words of a text that are looked at. In what comes after them, keywords are found, too, but as the author of the flow wrote them. */
const MAX_WORDS = 500;
const AROUND_A_WORD = /^[^\p{L}\p{N}\p{M}+#%$-]+|[^\p{L}\p{N}\p{M}+#%$-]+$/gu;

/**
 * Returns the keywords that are in a text, as its writer wrote them, in the order of the text and with single spaces between them.
 *
 * @example foundWords('Yeah, SURE!', [keywordOf('sure'), keywordOf('yeah')], { exact: false }) // Yeah SURE
 */
export function foundWords(text: string, keywords: readonly Keyword[], how: HowExact): string {
  const tokens = seenBy(text).trim().split(/\s+/u).slice(0, MAX_WORDS);
  const whole = searchedText(text, how);
  const searched = new Map<string, ReturnType<typeof searchedText>>();
  const readWindow = (from: number, count: number) => {
    const written = tokens.slice(from, from + count).join(' ');
    const known = searched.get(written) ?? searchedText(written, how);
    searched.set(written, known);
    return { written, known };
  };
  const found = keywords
    .filter((one) => hasKeyword(whole, one, 'anywhere'))
    .map((keyword) => {
      const count = keyword.folded.split(' ').length;
      const at = tokens.findIndex((_, i) => hasKeyword(readWindow(i, count).known, keyword, 'onlyWord'));
      return at < 0 ? { at: tokens.length, words: keyword.text } : { at, words: readWindow(at, count).written };
    })
    .sort((a, b) => a.at - b.at);
  return [...new Set(found.map(({ words }) => words.replace(AROUND_A_WORD, '') || words))].join(' ');
}

/** Places in a text that `partLike` looks at. */
const MAX_PLACES = 1_000;

/** Returns the part of a text that equals another one by the rules of rules, as its writer wrote it; that other text if it is not found. */
export function partLike(text: string, wanted: string, { exact }: HowExact): string {
  const folded = exact ? composed(wanted) : fold(wanted);
  const length = wanted.trim().length;
  for (let at = 0; at <= Math.min(text.length - length, MAX_PLACES); at += 1) {
    const part = text.slice(at, at + length);
    if ((exact ? composed(part) : fold(part)) === folded) return part;
  }
  return wanted.trim();
}
