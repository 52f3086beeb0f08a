import type { FilterImplOptions, Liquid } from 'liquidjs';
import { FillContext } from './fill-context.js';
import { weightOf } from './steps.js';

/** Steps for the call of any filter. */
const CALL = 20;
/** Steps for each item when a filter evaluates an expression for it, in addition to the length of the expression. */
const EVALUATION = 20;
/** Steps to parse one character of an expression. A path of names takes a quarter of that. */
const READING = 30;

/** The maximum length of an expression, in characters. */
export const MAX_EXPRESSION_LENGTH = 2_000;

export type FilterHandler = Extract<FilterImplOptions, (...args: never[]) => unknown>;

/** Filters that parse their first argument again for every item. */
const BY_PROPERTY: ReadonlySet<string> = new Set([
  'sort',
  'sort_natural',
  'map',
  'sum',
  'where',
  'reject',
  'group_by',
  'has',
  'find',
  'find_index',
]);

/**
 * Makes every filter spend steps for its work.
 *
 * Liquid's own limits look only at texts and at the lengths of lists. A list that holds itself twice, over and over, is short and takes
 * very long to write out, and nothing counts the expressions that `has_exp` evaluates. Here, the whole content of a list counts.
 */
export function boundFilters(liquid: Liquid): void {
  for (const [name, filter] of Object.entries(liquid.filters)) {
    if (typeof filter === 'function') liquid.registerFilter(name, bounded(name, filter));
  }
}

/** Returns the context of the template that a filter or an operator works for. Throws if it is called outside of a template. */
export function fillContextOf(context: unknown): FillContext {
  if (context instanceof FillContext) return context;
  throw new Error('a filter was called outside of a filling');
}

function bounded(name: string, filter: FilterHandler): FilterHandler {
  return function* (value: unknown, ...args: unknown[]): Generator<unknown, unknown, unknown> {
    const { steps } = fillContextOf(this.context);
    if (name.endsWith('_exp') && lengthOf(args[1]) > MAX_EXPRESSION_LENGTH)
      throw new Error(`an expression may have at most ${MAX_EXPRESSION_LENGTH} characters`);
    const length = Array.isArray(value) ? value.length : 1;
    const reading = READING * (name.endsWith('_exp') ? lengthOf(args[1]) : BY_PROPERTY.has(name) ? textsIn([args[0]]) / 4 : 0);
    steps.spend(CALL + reading + length * costOfOne(name, args) + textsIn([value, ...args]) / 4);
    // A list in place of a property name would be written out for every item.
    const given = BY_PROPERTY.has(name) && isList(args[0]) ? ['', ...args.slice(1)] : args;
    const made: unknown = filter.call(this, value, ...given);
    const result = isGenerator(made) ? yield* made : made;
    if (isList(result)) steps.spend(weightOf(result));
    return result;
  };
}

function costOfOne(name: string, [first, second]: readonly unknown[]): number {
  if (name === 'sample') return 1 + (Number(first) || 0) / EVALUATION;
  if (name.endsWith('_exp')) return EVALUATION + lengthOf(second);
  return BY_PROPERTY.has(name) && typeof first === 'string' ? 1 + first.length : 1;
}

/** Counts the characters of the values that are texts. */
function textsIn(values: readonly unknown[]): number {
  return values.reduce<number>((sum, one) => sum + (typeof one === 'string' ? one.length : 0), 0);
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' ? value.length : isList(value) ? Number.POSITIVE_INFINITY : 0;
}

function isList(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function isGenerator(value: unknown): value is Generator<unknown, unknown, unknown> {
  return typeof value === 'object' && value !== null && 'next' in value && typeof value.next === 'function';
}
