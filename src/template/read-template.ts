import { type Liquid, Value } from 'liquidjs/dist/liquid.node.mjs';
import { MAX_EXPRESSION_LENGTH } from './bound-filters.js';
import { findReads, readsOfValue } from './find-reads.js';
import { createHardenedLiquid, MAX_TEMPLATE_LENGTH } from './hardened-liquid.js';
import { isTemplate } from './is-template.js';
import type { TemplateRead } from './template-read.js';
import { compileExpression, compileText, type UsualOutput } from './usual-shapes.js';

/** A secret as an author writes it, alone in its braces: `{{ secrets.TOKEN }}`. */
export const SECRET = /\{\{-?\s*secrets\.([A-Za-z_][A-Za-z0-9_]*)\s*-?\}\}/g;

/** Returns why a text that may hold secrets is invalid. Secrets stand alone in their braces, and outside of every tag. */
export function sealedMistake(source: string): string | undefined {
  for (const piece of source.replace(SECRET, '\0').split('\0')) {
    const { mistake, reads } = readTemplate(piece);
    if (mistake !== undefined) return mistake;
    if (reads.some(({ path }) => path[0] === 'secrets')) return 'a secret can only be written as {{ secrets.NAME }}, without a filter';
  }
  return undefined;
}

/** Returns the names of the secrets in a text. */
export function secretsIn(source: string): readonly string[] {
  return [...source.matchAll(SECRET)].map(([, name = '']) => name);
}

/** Returns how many characters of a text Liquid would have to read. A template that is filled without Liquid counts an eighth. */
export function templateSize(source: string): number {
  if (!isTemplate(source)) return 0;
  // A longer one is refused without reading it.
  if (source.length > MAX_TEMPLATE_LENGTH) return 0;
  return compileText(source) ? source.length / 8 : source.length;
}

const CHECKING = createHardenedLiquid();

/** What the check learns of a template or an expression. */
export interface TemplateReading {
  /** Why it is invalid. */
  readonly mistake: string | undefined;
  /** What it reads, in order. Empty if it is invalid. */
  readonly reads: readonly TemplateRead[];
}

/** Parses a template for the check. Takes some microseconds for each character. */
export function readTemplate(source: string): TemplateReading {
  if (!isTemplate(source)) return NOTHING_READ;
  const parts = source.length <= MAX_TEMPLATE_LENGTH ? compileText(source) : null;
  if (parts) return { mistake: undefined, reads: parts.flatMap((part) => (typeof part === 'string' ? [] : [readOfUsual(part)])) };
  return reading(() => findReads(CHECKING.parse(source)));
}

/** Parses an expression without braces for the check. */
export function readExpression(source: string): TemplateReading {
  const usual = source.length <= MAX_EXPRESSION_LENGTH ? compileExpression(source) : null;
  return usual ? { mistake: undefined, reads: [readOfUsual(usual)] } : reading(() => readsOfValue(expressionOf(source, CHECKING)));
}

const NOTHING_READ: TemplateReading = { mistake: undefined, reads: [] };

function readOfUsual({ path, filters }: UsualOutput): TemplateRead {
  return { path, use: 'shown', filters };
}

/** Parses an expression. Throws if it is invalid. */
export function expressionOf(source: string, liquid: Liquid): Value {
  if (source.length > MAX_EXPRESSION_LENGTH) throw new Error(`an expression may have at most ${MAX_EXPRESSION_LENGTH} characters`);
  return new Value(source, liquid);
}

function reading(read: () => TemplateReading['reads']): TemplateReading {
  try {
    return { mistake: undefined, reads: read() };
  } catch (error) {
    return { mistake: mistakeOf(error), reads: [] };
  }
}

function mistakeOf(error: unknown): string {
  if (error instanceof RangeError) return 'it is nested too deep';
  return error instanceof Error ? (error.message.split('\n')[0] ?? 'cannot be read') : String(error);
}
