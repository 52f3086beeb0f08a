import type { Liquid } from 'liquidjs';
import { type FilterHandler, fillContextOf } from './bound-filters.js';
import type { FillContext } from './fill-context.js';
import { wordsOf, wordsOfContent } from './words.js';

/** Filters of texts, which would show an object as "[object Object]". */
const OF_TEXTS: readonly string[] = [
  ...['append', 'prepend', 'upcase', 'downcase', 'capitalize', 'strip', 'lstrip', 'rstrip', 'strip_newlines', 'strip_html'],
  ...['replace', 'replace_first', 'replace_last', 'remove', 'remove_first', 'remove_last', 'truncate', 'truncatewords', 'split'],
  ...['escape', 'escape_once', 'xml_escape', 'newline_to_br', 'normalize_whitespace', 'number_of_words', 'base64_encode'],
  ...['url_encode', 'url_decode', 'cgi_escape', 'uri_escape', 'slugify'],
];
/** Filters that join the items of a list. */
const OF_LISTS: readonly string[] = ['join', 'array_to_sentence_string'];

/** Makes the filters of texts read objects and lists by their words, and `default` replace an answer without words. */
export function registerWordFilters(liquid: Liquid): void {
  const wrap = (names: readonly string[], wordsFor: (value: unknown, context: FillContext) => unknown) => {
    for (const name of names) {
      const filter = liquid.filters[name];
      if (typeof filter === 'function') liquid.registerFilter(name, withWords(filter, wordsFor));
    }
  };
  wrap(OF_TEXTS, (value, context) => (isObject(value) ? wordsOf(value, context) : value));
  wrap(OF_LISTS, (value, context) =>
    Array.isArray(value) ? value.map((one: unknown) => (isObject(one) ? wordsOf(one, context) : one)) : value,
  );
  wrap(['default'], (value, { scope }) => wordsOfContent(value, scope) ?? value);
}

function withWords(filter: FilterHandler, wordsFor: (value: unknown, context: FillContext) => unknown): FilterHandler {
  return function (value: unknown, ...args: unknown[]) {
    const context = fillContextOf(this.context);
    return filter.call(this, wordsFor(value, context), ...args.map((one) => wordsFor(one, context)));
  };
}

function isObject(value: unknown): boolean {
  return value !== null && typeof value === 'object';
}
