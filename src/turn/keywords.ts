import type { TriggerMatch } from '../contract/index.js';
import { seenBy } from '../contract/seen-by.js';

/** The words of a text as keywords are compared: without case, accents and punctuation. */
export function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[\s\p{P}]+/u)
    .filter((word) => word !== '');
}

/** What a text says, as keywords are looked for in it: its words, each between blanks. */
export function saidIn(text: string): string {
  return ` ${wordsOf(seenBy(text)).join(' ')} `;
}

/** Does what was said begin with the keyword (which may have several words), consist of it, or hold it? */
export function hasKeyword(said: string, keyword: readonly string[], mode: NonNullable<TriggerMatch['keywordMode']>): boolean {
  if (keyword.length === 0) return false;
  const wanted = ` ${keyword.join(' ')} `;
  return mode === 'onlyWord' ? said === wanted : mode === 'firstWord' ? said.startsWith(wanted) : said.includes(wanted);
}
