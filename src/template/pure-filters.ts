import { dateFilter } from './date-filters.js';
import { NUMBER_FILTERS } from './number-filters.js';
import type { FilterFilling } from './scope.js';

/** A filter as a function of a plain value: a text, a number or a boolean. */
export type PureFilter = (filling: FilterFilling, value: unknown, ...args: readonly unknown[]) => unknown;

/**
 * The filters that can be called without Liquid, which calls the same functions for numbers and dates. Undefined leaves the value to
 * Liquid, which refuses wrong arguments.
 */
export const PURE_FILTERS: Readonly<Record<string, PureFilter>> = {
  ...NUMBER_FILTERS,
  date: dateFilter,
  upcase: (_filling, value) => String(value).toUpperCase(),
  downcase: (_filling, value) => String(value).toLowerCase(),
  append: (_filling, value, ...args) => (args.length === 1 ? `${value}${args[0]}` : undefined),
  prepend: (_filling, value, ...args) => (args.length === 1 ? `${args[0]}${value}` : undefined),
  default: (_filling, value, otherwise) => (value === '' || value === false ? otherwise : value),
};
