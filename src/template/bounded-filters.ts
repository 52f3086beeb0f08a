import type { Context, FilterImplOptions, Liquid } from 'liquidjs';

/** Steps that the filters of one rendering may take together: some tens of milliseconds. */
const MOST_STEPS = 2_000_000;
/** What a list may hold, with everything in it written out, in characters and members. */
const LARGEST = 250_000;
/** What an element costs a filter that evaluates an expression for it, beside the length of that expression. */
const EVALUATION = 20;

/** In characters. */
export const LONGEST_EXPRESSION = 2_000;

type FilterHandler = Extract<FilterImplOptions, (...args: never[]) => unknown>;

/** Filters that read their first argument anew for every element. */
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

/** The steps of a rendering; its contexts share their memory limit. */
const steps = new WeakMap<object, number>();

/**
 * Puts a bound on what filters cost. Liquid's own limits look at texts and at lengths of lists only: a list that holds itself twice, over
 * and over, is short, and takes ages to write out; and nothing counts what `has_exp` evaluates. So no list becomes larger than can be
 * written out, and whatever walks over one pays for it.
 */
export function boundFilters(liquid: Liquid): void {
  for (const [name, filter] of Object.entries(liquid.filters)) {
    if (typeof filter === 'function') liquid.registerFilter(name, bounded(name, filter));
  }
}

function bounded(name: string, filter: FilterHandler): FilterHandler {
  return function* (value: unknown, ...args: unknown[]): Generator<unknown, unknown, unknown> {
    const { context } = this;
    const length = Array.isArray(value) ? value.length : 1;
    if (name.endsWith('_exp') && lengthOf(args[1]) > LONGEST_EXPRESSION)
      throw new Error(`an expression may have ${LONGEST_EXPRESSION} characters`);
    spend(context, length * costOfOne(name, args));
    // A list in the place of a name would be written out for every element.
    const given = BY_PROPERTY.has(name) && isList(args[0]) ? ['', ...args.slice(1)] : args;
    const made: unknown = filter.call(this, value, ...given);
    const result = isGenerator(made) ? yield* made : made;
    if (typeof result === 'object' && result !== null) spend(context, weightOf(result, LARGEST));
    return result;
  };
}

function costOfOne(name: string, [first, second]: readonly unknown[]): number {
  if (name === 'sample') return 1 + (Number(first) || 0) / EVALUATION;
  if (name.endsWith('_exp')) return EVALUATION + lengthOf(second);
  return BY_PROPERTY.has(name) && typeof first === 'string' ? 1 + first.length : 1;
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' ? value.length : isList(value) ? Number.POSITIVE_INFINITY : 0;
}

function spend(context: Context, count: number): void {
  const spent = (steps.get(context.memoryLimit) ?? 0) + count;
  if (spent > MOST_STEPS) throw new Error('the template takes too many steps');
  steps.set(context.memoryLimit, spent);
}

/** Members and characters of a value with everything in it written out; throws at more than `most`, so that it ends early. */
function weightOf(value: unknown, most: number): number {
  if (typeof value === 'string') return 1 + value.length / 8;
  if (typeof value !== 'object' || value === null) return 1;
  let weight = 1;
  for (const one of Array.isArray(value) ? (value as readonly unknown[]) : Object.values(value)) {
    weight += weightOf(one, most - weight);
    if (weight > most) throw new Error('a list became too large');
  }
  return weight;
}

function isList(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function isGenerator(value: unknown): value is Generator<unknown, unknown, unknown> {
  return typeof value === 'object' && value !== null && 'next' in value && typeof value.next === 'function';
}
