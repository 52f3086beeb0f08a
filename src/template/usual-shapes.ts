import { MAX_TAGS } from './hardened-liquid.js';
import { isTemplate } from './is-template.js';
import { PURE_FILTERS, type PureFilter } from './pure-filters.js';
import { readRoot, type TemplateScope } from './scope.js';
import { Steps } from './steps.js';

/** A value that is written down as it is. */
type Plain = string | number | boolean;
/** Computes an output, or returns undefined where only Liquid knows the answer: a value is missing, a list, or not to be calculated with. */
type Output = (scope: TemplateScope) => Plain | undefined;

/** What an output reads and how it is computed. */
export interface UsualOutput {
  readonly path: readonly [string, ...string[]];
  /** The names of the filters, in order. */
  readonly filters: readonly string[];
  readonly compute: Output;
}

/** The texts and outputs of a template in turn, or null for a template of another shape. */
export type UsualParts = readonly (string | UsualOutput)[] | null;

const NAME = '[A-Za-z_]\\w*';
/** Texts with a backslash are left to Liquid, which reads `\n` as a line break. */
const LITERAL = String.raw`(?:-?\d+(?:\.\d+)?|'[^'{}\\]*'|"[^"{}\\]*")`;
const FILTER = `\\|\\s*(${NAME})\\s*(?::\\s*(${LITERAL}(?:\\s*,\\s*${LITERAL})*)\\s*)?`;
const EXPRESSION = new RegExp(`^\\s*(${NAME}(?:\\.${NAME})*)\\s*((?:${FILTER})*)$`);
const ONE_FILTER = new RegExp(FILTER, 'g');
const ONE_LITERAL = new RegExp(LITERAL, 'g');
const OUTPUT = /\{\{([^{}]*)\}\}/g;

/** Names that Liquid reads in its own way. */
const RESERVED: ReadonlySet<string> = new Set(['size', 'first', 'last', 'nil', 'null', 'true', 'false', 'empty', 'blank']);
/** Steps that Liquid takes for an output, and to call a filter. */
const PIECE = 20;
const CALL = 20;

/**
 * Compiles a path with or without filters (`order.total | times: 1.19`) to a closure; null for other expressions. Nearly all expressions of
 * flows have this shape, and the closure costs a fraction of what Liquid does. It gives what Liquid gives: test/template/usual-shapes.test.ts.
 */
export function compileExpression(source: string): UsualOutput | null {
  const found = EXPRESSION.exec(source);
  if (!found) return null;
  const path = (found[1] ?? '').split('.') as [string, ...string[]];
  if (path.some((name) => RESERVED.has(name))) return null;
  const filters: Call[] = [];
  const names: string[] = [];
  for (const [, name = '', list = ''] of (found[2] ?? '').matchAll(ONE_FILTER)) {
    const filter = Object.hasOwn(PURE_FILTERS, name) ? PURE_FILTERS[name] : undefined;
    if (!filter) return null;
    names.push(name);
    filters.push({ filter, args: [...list.matchAll(ONE_LITERAL)].map(([literal]) => literalOf(literal)) });
  }
  return {
    path,
    filters: names.length === 0 ? NO_FILTERS : names,
    compute: filters.length === 0 ? (scope) => readPath(scope, path) : (scope) => calculate(scope, { path, filters }),
  };
}

/** Compiles a text whose outputs all have that shape; null for others. */
export function compileText(source: string): UsualParts {
  if (source.includes('-}}') || source.includes('{{-')) return null;
  const parts: (string | UsualOutput)[] = [];
  let from = 0;
  for (const found of source.matchAll(OUTPUT)) {
    const output = compileExpression(found[1] ?? '');
    if (!output) return null;
    parts.push(source.slice(from, found.index), output);
    from = found.index + found[0].length;
  }
  parts.push(source.slice(from));
  // Liquid refuses more, with a warning.
  if (parts.length / 2 > MAX_TAGS) return null;
  return parts.some((part) => typeof part === 'string' && isTemplate(part)) ? null : parts;
}

const NO_FILTERS: readonly string[] = [];

interface Call {
  readonly filter: PureFilter;
  readonly args: readonly (string | number)[];
}

function literalOf(source: string): string | number {
  return source.startsWith("'") || source.startsWith('"') ? source.slice(1, -1) : Number(source);
}

function readPath(scope: TemplateScope, path: readonly string[]): Plain | undefined {
  let value: unknown = readRoot(scope, path[0] ?? '');
  for (let i = 1; i < path.length; i += 1) {
    const name = path[i] ?? '';
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return isPlain(value) ? value : undefined;
}

/** Calculates without Liquid. Whatever asks for a warning or throws is left to Liquid, which says it once and in its own words. */
function calculate(
  scope: TemplateScope,
  { path, filters }: { readonly path: readonly string[]; readonly filters: readonly Call[] },
): Plain | undefined {
  const read = readPath(scope, path);
  const before = scope.allowance?.steps;
  if (read === undefined || (before !== undefined && before <= 0)) return undefined;
  const { now, timeZone, locale, language } = scope;
  const steps = new Steps(scope.allowance);
  const filling = { scope: { now, timeZone, locale, language, warn: leaveToLiquid }, steps };
  let value: Plain = read;
  try {
    steps.spend(PIECE + path.length + lengthOf(value) / 16);
    for (const { filter, args } of filters) {
      let cost = CALL + 1 + lengthOf(value) / 4;
      for (const one of args) cost += lengthOf(one) / 4;
      steps.spend(cost);
      const made = filter(filling, value, ...args);
      if (!isPlain(made)) leaveToLiquid();
      else value = made;
    }
    return value;
  } catch {
    if (scope.allowance && before !== undefined) scope.allowance.steps = before;
    return undefined;
  }
}

function leaveToLiquid(): void {
  throw new Error('left to Liquid');
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

function lengthOf(value: Plain): number {
  return typeof value === 'string' ? value.length : 0;
}
