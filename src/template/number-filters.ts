import Big from 'big.js';
import { type Context, type Liquid, toValue } from 'liquidjs/dist/liquid.node.mjs';
import { readTypedNumber } from '../text/read-number.js';
import { fillContextOf } from './bound-filters.js';
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
function typedNumber(text: string, { language, locale, warn }: FilterScope): number {
  const read = readTypedNumber(text, { language, locale });
  if (!read) return 0;
  if (read.ambiguous)
    warn(
      'number/ambiguous',
      `"${text}" was read as ${read.value}, as in English: neither the contact's language nor the flow's locale is known`,
    );
  if (read.inexact) warn('number/inexact', `"${text}" has more digits than a number can keep: it became ${read.value}`);
  return read.value;
}
