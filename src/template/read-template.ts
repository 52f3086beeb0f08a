import { type Liquid, Value } from 'liquidjs';
import { LONGEST_EXPRESSION } from './bound-filters.js';
import { createHardenedLiquid, LONGEST_TEMPLATE } from './hardened-liquid.js';
import { isTemplate } from './is-template.js';
import { compileText } from './usual-shapes.js';

/** A secret as an author writes it, alone in its braces. */
export const SECRET = /\{\{-?\s*secrets\.([A-Za-z_][A-Za-z0-9_]*)\s*-?\}\}/g;

/** What is wrong with a text that may hold secrets: they stand alone in their braces, and outside of every tag. */
export function sealedMistake(source: string): string | undefined {
  for (const piece of source.replace(SECRET, '\0').split('\0')) {
    const { mistake, reads } = readTemplate(piece);
    if (mistake !== undefined) return mistake;
    if (reads.some(([root]) => root === 'secrets')) return 'a secret can only be written as {{ secrets.NAME }}, without a filter';
  }
  return undefined;
}

/** The names of the secrets that a text holds. */
export function secretsIn(source: string): readonly string[] {
  return [...source.matchAll(SECRET)].map(([, name = '']) => name);
}

/** What is wrong with an expression, or nothing. */
export function expressionMistake(source: string): string | undefined {
  return mistakeOf(() => expressionOf(source, CHECKING));
}

/** How many characters of a text Liquid would have to read; what is filled without it counts an eighth. */
export function templateSize(source: string): number {
  if (!isTemplate(source)) return 0;
  // What is longer than it may be is refused unread.
  if (source.length > LONGEST_TEMPLATE) return 0;
  return compileText(source) ? source.length / 8 : source.length;
}

const CHECKING = createHardenedLiquid();

/** A template, read by the check: what is wrong with it, and the variables that it reads, as paths of names: `[['order', 'total'], ['name']]`. */
export interface TemplateReading {
  readonly mistake: string | undefined;
  /** Empty where the template cannot be read. */
  readonly reads: readonly (readonly string[])[];
}

/** Reads a template, which costs some microseconds for each of its characters. */
export function readTemplate(source: string): TemplateReading {
  if (!isTemplate(source)) return { mistake: undefined, reads: [] };
  const parts = source.length <= LONGEST_TEMPLATE ? compileText(source) : null;
  if (parts) return { mistake: undefined, reads: parts.flatMap((part) => (typeof part === 'string' ? [] : [part.path])) };
  let reads: TemplateReading['reads'] = [];
  const mistake = mistakeOf(() => {
    const parsed = CHECKING.parse(source);
    reads = CHECKING.globalVariableSegmentsSync(parsed).map((path) => path.map(String));
  });
  return { mistake, reads };
}

/** An expression, read; throws where it cannot be. */
export function expressionOf(source: string, liquid: Liquid): Value {
  if (source.length > LONGEST_EXPRESSION) throw new Error(`an expression may have ${LONGEST_EXPRESSION} characters`);
  return new Value(source, liquid);
}

function mistakeOf(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return 'it is nested too deep';
    return error instanceof Error ? (error.message.split('\n')[0] ?? 'cannot be read') : String(error);
  }
}
