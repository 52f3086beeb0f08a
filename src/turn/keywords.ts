import type { TriggerMatch } from '../contract/index.js';

/** The words of a text as keywords are compared: without case, accents and punctuation. */
export function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[\s\p{P}]+/u)
    .filter((word) => word !== '');
}

/** Does what was said begin with the keyword (which may have several words), consist of it, or hold it? */
export function hasKeyword(said: readonly string[], keyword: readonly string[], mode: NonNullable<TriggerMatch['keywordMode']>): boolean {
  if (keyword.length === 0 || keyword.length > said.length) return false;
  const last = mode === 'anywhere' ? said.length - keyword.length : 0;
  if (mode === 'onlyWord' && said.length !== keyword.length) return false;
  for (let start = 0; start <= last; start += 1) {
    if (keyword.every((word, i) => said[start + i] === word)) return true;
  }
  return false;
}
