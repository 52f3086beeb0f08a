import { type Liquid, Value } from 'liquidjs/dist/liquid.node.mjs';
import { MAX_EXPRESSION_LENGTH } from './bound-filters.js';
import { createHardenedLiquid, MAX_TEMPLATE_LENGTH } from './hardened-liquid.js';
import { isTemplate } from './is-template.js';
import { compileText } from './usual-shapes.js';

/** A secret as an author writes it, alone in its braces: `{{ secrets.TOKEN }}`. */
export const SECRET = /\{\{-?\s*secrets\.([A-Za-z_][A-Za-z0-9_]*)\s*-?\}\}/g;

/** Returns why a text that may hold secrets is invalid. Secrets stand alone in their braces, and outside of every tag. */
export function sealedMistake(source: string): string | undefined {
  for (const piece of source.replace(SECRET, '\0').split('\0')) {
    const { mistake, reads } = readTemplate(piece);
    if (mistake !== undefined) return mistake;
    if (reads.some(([root]) => root === 'secrets')) return 'a secret can only be written as {{ secrets.NAME }}, without a filter';
  }
  return undefined;
}

/** Returns the names of the secrets in a text. */
export function secretsIn(source: string): readonly string[] {
  return [...source.matchAll(SECRET)].map(([, name = '']) => name);
}

/** Returns why an expression is invalid; undefined if it is valid. */
export function expressionMistake(source: string): string | undefined {
  return mistakeOf(() => expressionOf(source, CHECKING));
}

/** Returns how many characters of a text Liquid would have to read. A template that is filled without Liquid counts an eighth. */
export function templateSize(source: string): number {
  if (!isTemplate(source)) return 0;
  // A longer one is refused without reading it.
  if (source.length > MAX_TEMPLATE_LENGTH) return 0;
  return compileText(source) ? source.length / 8 : source.length;
}

const CHECKING = createHardenedLiquid();

/** What the check learns of a template. */
export interface TemplateReading {
  /** Why the template is invalid. */
  readonly mistake: string | undefined;
  /** The variables that it reads, as paths of names: `[['order', 'total'], ['name']]`. Empty if the template is invalid. */
  readonly reads: readonly (readonly string[])[];
}

/** Parses a template for the check. Takes some microseconds for each character. */
export function readTemplate(source: string): TemplateReading {
  if (!isTemplate(source)) return { mistake: undefined, reads: [] };
  const parts = source.length <= MAX_TEMPLATE_LENGTH ? compileText(source) : null;
  if (parts) return { mistake: undefined, reads: parts.flatMap((part) => (typeof part === 'string' ? [] : [part.path])) };
  let reads: TemplateReading['reads'] = [];
  const mistake = mistakeOf(() => {
    const parsed = CHECKING.parse(source);
    reads = CHECKING.globalVariableSegmentsSync(parsed).map((path) => path.map(String));
  });
  return { mistake, reads };
}

/** Parses an expression. Throws if it is invalid. */
export function expressionOf(source: string, liquid: Liquid): Value {
  if (source.length > MAX_EXPRESSION_LENGTH) throw new Error(`an expression may have at most ${MAX_EXPRESSION_LENGTH} characters`);
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
