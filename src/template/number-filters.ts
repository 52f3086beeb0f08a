import Big from 'big.js';
import { type Context, type Liquid, toValue } from 'liquidjs/dist/liquid.node.mjs';
import { readTypedNumber, type TypedNumber } from '../text/read-number.js';
import { fillContextOf } from './bound-filters.js';
import type { FilterTable } from './filter-table.js';
import type { FilterScope } from './scope.js';

type Calculate = (value: Big, argument: Big, ...more: readonly unknown[]) => Big;

const ZERO = new Big(0);
const HALF_UP = 1;
/** The maximum of decimal places that a template may ask for. */
const MAX_PLACES = 100;

const CALCULATIONS: Readonly<Record<string, Calculate>> = {
  plus: (value, argument) => value.plus(argument),
  minus: (value, argument) => value.minus(argument),
  times: (value, argument) => value.times(argument),
  divided_by: (value, argument, isInteger) => {
    const quotient = value.div(divisor(argument));
    return isInteger === undefined || Number(isInteger) === 0 ? quotient : new Big(Math.floor(quotient.toNumber()));
  },
  modulo: (value, argument) => value.mod(divisor(argument)).plus(argument).mod(argument),
  round: (value, places) => value.round(Math.max(-MAX_PLACES, Math.min(MAX_PLACES, Math.trunc(places.toNumber()))), HALF_UP),
  abs: (value) => value.abs(),
  ceil: (value) => new Big(Math.ceil(value.toNumber())),
  floor: (value) => new Big(Math.floor(value.toNumber())),
  at_least: (value, argument) => (value.lt(argument) ? argument : value),
  at_most: (value, argument) => (value.gt(argument) ? argument : value),
  power: (value, exponent) => power(value, exponent.toNumber()),
};

/** Calculations whose results are exact without decimals, as long as nothing in them has a fraction or gets too large. */
const OF_INTEGERS: Readonly<Record<string, (value: number, argument: number) => number>> = {
  plus: (value, argument) => value + argument,
  minus: (value, argument) => value - argument,
  times: (value, argument) => value * argument,
};

/** Returns the result if it and both values are safe integers; undefined if decimals are needed. */
function withIntegers(name: string, value: unknown, argument: unknown): number | undefined {
  if (typeof value !== 'number' || typeof argument !== 'number') return undefined;
  if (!Number.isSafeInteger(value) || !Number.isSafeInteger(argument)) return undefined;
  const result = OF_INTEGERS[name]?.(value, argument);
  return Number.isSafeInteger(result) ? result : undefined;
}

/** The arithmetic filters, as functions of a value and its arguments. */
export const NUMBER_FILTERS: Readonly<Record<string, (filling: { readonly scope: FilterScope }, ...values: readonly unknown[]) => number>> =
  Object.fromEntries(
    Object.entries(CALCULATIONS).map(([name, calculate]) => [
      name,
      ({ scope }, value, argument, ...more) =>
        withIntegers(name, value, argument) ??
        calculate(decimalOf(value, scope), decimalOf(argument, scope), ...more.map(toValue)).toNumber(),
    ]),
  );

/** Filters of several numbers. Values that are not numbers do not count. */
export const SEVERAL_NUMBERS: FilterTable = {
  least: ({ scope }, ...values) => extreme(values, scope, (one, least) => one < least),
  most: ({ scope }, ...values) => extreme(values, scope, (one, most) => one > most),
};

function extreme(values: readonly unknown[], scope: FilterScope, isBetter: (one: number, best: number) => boolean): number | undefined {
  const numbers = values.flat().flatMap((one) => decimalIn(one, scope) ?? []);
  return numbers.reduce<number | undefined>((best, one) => (best === undefined || isBetter(one, best) ? one : best), undefined);
}

/** The maximum exponent of exact powers; larger ones are computed as floating-point numbers. */
const MAX_EXACT = 100;

function power(value: Big, exponent: number): Big {
  if (Number.isInteger(exponent) && Math.abs(exponent) <= MAX_EXACT && !(exponent < 0 && value.eq(0))) {
    const exact = value.pow(exponent).toNumber();
    if (Number.isFinite(exact)) return new Big(exact);
  }
  const result = value.toNumber() ** exponent;
  if (!Number.isFinite(result)) throw new Error('a power is too large, or not a number');
  return new Big(result);
}

/** Returns the number that a value is; undefined for all other values. */
export function decimalIn(value: unknown, scope: FilterScope): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const read = typeof value === 'string' ? readTypedNumber(value, scope) : undefined;
  if (read && typeof value === 'string') warnOfNumber(value, read, scope);
  return read?.value;
}

/**
 * Replaces Liquid's arithmetic by decimals, so that 1.1 times 3 is 3.3. Texts are read as people write numbers. A value that is not a
 * number counts as 0, as in Liquid.
 */
export function registerNumberFilters(liquid: Liquid): void {
  for (const [name, filter] of Object.entries(NUMBER_FILTERS))
    liquid.registerFilter(name, function (...values: unknown[]) {
      return filter(fillContextOf(this.context), ...(values as [unknown]));
    });
  liquid.registerFilter('sum', function* (list: unknown, property?: unknown): Generator<unknown, number, unknown> {
    const { scope } = fillContextOf(this.context);
    const items: unknown = toValue(list);
    let sum = ZERO;
    for (const item of Array.isArray(items) ? (items as readonly unknown[]) : [items])
      sum = sum.plus(decimalOf(property ? yield memberOf(this.context, item, String(property)) : item, scope));
    return sum.toNumber();
  });
}

function memberOf(context: Context, item: unknown, path: string): unknown {
  return context._getFromScope(item, path, false);
}

function divisor(argument: Big): Big {
  if (argument.eq(0)) throw new Error('divided by 0');
  return argument;
}

function decimalOf(value: unknown, scope: FilterScope): Big {
  const plain: unknown = toValue(value);
  const number = typeof plain === 'string' ? typedNumber(plain, scope) : Number(typeof plain === 'object' ? 0 : plain);
  return Number.isFinite(number) ? new Big(number) : ZERO;
}

/** Reads a number as the contact or the flow writes it. */
function typedNumber(text: string, scope: FilterScope): number {
  const read = readTypedNumber(text, scope);
  if (!read) return 0;
  warnOfNumber(text, read, scope);
  return read.value;
}

/** Warns of a number that can mean two, and of one with too many digits. */
export function warnOfNumber(text: string, read: TypedNumber, { warn }: FilterScope): void {
  const shown = text.slice(0, 80);
  if (read.ambiguous)
    warn(
      'number/ambiguous',
      `"${shown}" was read as ${read.value}, as in English: neither the contact's language nor the flow's locale is known`,
    );
  if (read.inexact) warn('number/inexact', `"${shown}" has more digits than a number can keep: it became ${read.value}`);
}
