import { afterFirstWord, inTitleCase, wordsOfText } from '../text/words-of-text.js';
import type { FillContext } from './fill-context.js';
import type { FilterTable } from './filter-table.js';
import { weightOf } from './steps.js';
import { plainWords, wordsOfContent } from './words.js';

/** Steps to find the words of a text, for each of its characters. */
const WORDS = 4;

/** Filters of words. */
export const TEXT_FILTERS: FilterTable = {
  title_case: (_, value) => inTitleCase(plainWords(value)),
  word({ steps }, value, place, separators) {
    const text = plainWords(value);
    steps.spend(WORDS * text.length);
    const words = separators === undefined ? wordsOfText(text) : partsOf(text, plainWords(separators));
    return words.at(Math.trunc(Number(place ?? 0))) ?? '';
  },
  field(_, value, place, separator) {
    const parts =
      plainWords(separator) === ' ' ? plainWords(value).trim().split(/\s+/u) : plainWords(value).split(plainWords(separator) || ',');
    return parts[Math.trunc(Number(place ?? 0))]?.trim() ?? '';
  },
  without_first_word({ steps }, value) {
    const text = plainWords(value);
    steps.spend(WORDS * text.length);
    return afterFirstWord(text);
  },
  text(filling, value) {
    filling.steps.spend(weightOf(value));
    return writtenOut(value, filling);
  },
  url_component: (_, value) => encodeURIComponent(plainWords(value).replace(/\p{Surrogate}/gu, '\uFFFD')),
};

/** Splits a text at any of some characters. */
function partsOf(text: string, separators: string): readonly string[] {
  const marks = new Set(separators);
  const parts: string[] = [''];
  for (const sign of text)
    if (marks.has(sign)) parts.push('');
    else parts[parts.length - 1] += sign;
  return parts.filter((part) => part !== '');
}

/** Writes a value out for people: `Bo, Ada` for a list, `name: Soup, price: 4` for an object. */
function writtenOut(value: unknown, filling: FillContext): string {
  if (value === null || typeof value !== 'object') return plainWords(value);
  const words = wordsOfContent(value, filling.scope);
  if (words !== undefined) return words;
  const inner = (one: unknown): string => {
    const text = writtenOut(one, filling);
    return one !== null && typeof one === 'object' ? `(${text})` : text;
  };
  if (Array.isArray(value)) return value.map(inner).join(', ');
  return Object.entries(value)
    .map(([name, one]) => `${name}: ${inner(one)}`)
    .join(', ');
}
