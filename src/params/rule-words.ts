import type { Json } from '../contract/index.js';
import { type HowExact, type Keyword, keywordOf } from '../text/find-keyword.js';
import { isLiteral } from './literal.js';

/** Reads the right side of a rule as words or phrases to look for. */
export type ReadWords = (value: Json | undefined, how: HowExact) => readonly Keyword[];

/** Words that one rule looks for. More are ignored. */
const MAX_WORDS = 500;

/** Returns each word of a text, and each member of a list, which may have several words. */
export function wordsOf(value: Json | undefined, how: HowExact): readonly Keyword[] {
  if (Array.isArray(value)) return phrasesOf(value, how);
  const parts = plainText(value).split(/[\s,،、;]+/u);
  return keywordsOf(
    parts.flatMap((part) => {
      const { folded, isSign } = keywordOf(part, how);
      return isSign ? [part] : folded.split(' ');
    }),
    how,
  );
}

/** Returns a text as one phrase, and each member of a list. */
export function phrasesOf(value: Json | undefined, how: HowExact): readonly Keyword[] {
  return keywordsOf(Array.isArray(value) ? value.map(plainText) : [plainText(value)], how);
}

function keywordsOf(texts: readonly string[], how: HowExact): readonly Keyword[] {
  return texts.slice(0, MAX_WORDS).flatMap((text) => {
    const keyword = keywordOf(text, how);
    return keyword.folded === '' ? [] : [keyword];
  });
}

/** Returns whether an operator looks for words and a value of a flow file has none. A template may give some. */
export function needsWords(operator: string, value: Json | undefined): boolean {
  const read = Object.hasOwn(READ_WORDS, operator) ? READ_WORDS[operator] : undefined;
  const isTemplate = [value].flat().some((one) => typeof one === 'string' && !isLiteral(one));
  return read !== undefined && !isTemplate && read(value, { exact: false }).length === 0;
}
/** How the operators for words read their right side. */
const READ_WORDS: Readonly<Record<string, ReadWords>> = {
  stringHasAnyWord: wordsOf,
  stringHasAllWords: wordsOf,
  stringHasPhrase: phrasesOf,
  stringIsPhrase: phrasesOf,
};

/** Returns a value as rules on texts read it: an empty text for none, JSON for lists and objects. */
export function plainText(value: Json | undefined): string {
  return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
