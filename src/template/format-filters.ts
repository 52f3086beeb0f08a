import { knownLocale } from '../text/date.js';
import type { FilterTable } from './filter-table.js';
import { decimalIn } from './number-filters.js';
import type { FilterScope } from './scope.js';

/** Steps to make a formatter, which takes a hundred times as long as using it. */
const FORMATTER = 1_000;
/** The maximum of decimals that a format may have. */
const MAX_DECIMALS = 20;

/** Filters that write numbers as the contact's language does, else the flow's, else English. A value that is not a number stays as it is. */
export const FORMAT_FILTERS: FilterTable = {
  money: ({ scope, steps }, value, currency, decimals) =>
    formatted(value, scope, () => {
      steps.spend(FORMATTER);
      const code = String(currency ?? '').toUpperCase();
      if (!/^[A-Z]{3}$/.test(code)) throw new Error(`"${code.slice(0, 20)}" is not a currency: use a code such as EUR`);
      return { style: 'currency', currency: code, ...fractionOf(decimals) };
    }),
  format_number: ({ scope, steps }, value, decimals) =>
    formatted(value, scope, () => {
      steps.spend(FORMATTER);
      return { maximumFractionDigits: MAX_DECIMALS, ...fractionOf(decimals) };
    }),
  percent: ({ scope, steps }, value, decimals) =>
    formatted(value, scope, () => {
      steps.spend(FORMATTER);
      return { style: 'percent', ...fractionOf(decimals) };
    }),
};

function formatted(value: unknown, scope: FilterScope, options: () => Intl.NumberFormatOptions): unknown {
  const number = decimalIn(value, scope);
  if (number === undefined) return value;
  return new Intl.NumberFormat(knownLocale(scope.language ?? scope.locale ?? 'en'), options()).format(number);
}

/** Returns how many decimals are shown; as the format has them if nothing else is said. */
function fractionOf(decimals: unknown): Intl.NumberFormatOptions {
  if (decimals === undefined || decimals === null) return {};
  const count = Math.min(MAX_DECIMALS, Math.max(0, Math.trunc(Number(decimals)) || 0));
  return { minimumFractionDigits: count, maximumFractionDigits: count };
}
