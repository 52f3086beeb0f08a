import { filters } from 'liquidjs/dist/liquid.node.mjs';
import type { FilterHandler } from './bound-filters.js';
import { dateFilter } from './date-filters.js';
import { NUMBER_FILTERS } from './number-filters.js';
import type { FilterFilling } from './scope.js';

/** A filter as a function of a plain value: a text, a number or a boolean. */
export type PureFilter = (filling: FilterFilling, value: unknown, ...args: readonly unknown[]) => unknown;

/** Liquid's filters of texts that read nothing but the value and their arguments. */
const OF_TEXTS: readonly string[] = [
  ...['upcase', 'downcase', 'capitalize', 'append', 'prepend', 'strip', 'lstrip', 'rstrip', 'strip_newlines', 'squish'],
  ...['normalize_whitespace', 'newline_to_br', 'escape', 'replace', 'replace_first', 'replace_last', 'remove', 'remove_first'],
  ...['remove_last', 'truncate', 'truncatewords', 'number_of_words', 'url_encode', 'slugify', 'size'],
];
/** The maximum of characters that such a filter makes. Larger texts are left to Liquid, which counts what a whole template makes. */
const MAX_MADE = 2_000;

/** The part of Liquid's context that these filters use. */
const counting = {
  context: {
    memoryLimit: {
      use(count: number) {
        if (count > MAX_MADE) throw new Error('left to Liquid');
      },
    },
  },
} as unknown as ThisParameterType<FilterHandler>;

/**
 * The filters that can be called without Liquid, which calls the same functions. Undefined, or an error, leaves the value to Liquid, which
 * refuses wrong arguments.
 */
export const PURE_FILTERS: Readonly<Record<string, PureFilter>> = {
  ...NUMBER_FILTERS,
  ...Object.fromEntries(OF_TEXTS.map((name) => [name, ofText(name)])),
  date: dateFilter,
  default: (_filling, value, ...args) => (args.length === 1 ? (value === '' || value === false ? args[0] : value) : undefined),
};

function ofText(name: string): PureFilter {
  const filter = filters[name] as FilterHandler;
  return (_filling, value, ...args) => filter.call(counting, value, ...args) as unknown;
}
