import type { Template, Value } from 'liquidjs';
import type { Json } from '../contract/index.js';
import { type AddressTemplates, createAddresses } from './fill-address.js';
import { FillContext } from './fill-context.js';
import { guarded } from './guarded.js';
import { createHardenedLiquid, MAX_OUTPUT } from './hardened-liquid.js';
import { isTemplate } from './is-template.js';
import { keep } from './keep.js';
import { expressionOf, SECRET } from './read-template.js';
import { runSync } from './run-sync.js';
import type { TemplateScope } from './scope.js';
import { compileExpression, compileText, type UsualOutput, type UsualParts } from './usual-shapes.js';
import { warnUndefined } from './warn-undefined.js';

/**
 * Fills templates: Liquid without files, bounded in steps and size, so that strangers may write them. Never throws: an error in a template
 * gives an empty text and a warning.
 */
export interface Templates extends AddressTemplates {
  /** Fills one text. */
  text(source: string, scope: TemplateScope): string;
  /** Fills every text in a JSON value. A text that is a single `{{ expression }}` becomes the value itself, with its type. */
  value(source: Json, scope: TemplateScope): Json;
  /** Returns the value of an expression without braces, such as `order.total`; undefined if it has none. */
  expression(source: string, scope: TemplateScope): Json | undefined;
  /**
   * Fills a value as `value` does, and seals texts with secrets: `Bearer {{ secrets.X }}` becomes `{ $sealed: ['Bearer ', { secret: 'X' }] }`,
   * which only the outbox opens. An object or a list from an expression becomes `{ $plain: … }`, so that a variable cannot hold a seal.
   * What a person wrote is never read as a template.
   */
  sealed(source: Json, scope: TemplateScope): Json;
}

const LONE = /^\{\{-?((?:(?!\}\}|\{\{)[\s\S])*)-?\}\}$/;

/** Creates the templates of one program. Each text is parsed once and kept. */
export function createTemplates(): Templates {
  const liquid = createHardenedLiquid();
  const parsed = new Map<string, readonly Template[]>();
  const values = new Map<string, Value>();
  const texts = new Map<string, UsualParts>();
  const expressions = new Map<string, UsualOutput | null>();

  const templates: Templates = {
    text(source, scope) {
      if (!isTemplate(source)) return source;
      const usual = fillUsual(
        keep(texts, source, () => compileText(source)),
        scope,
      );
      if (usual !== undefined) return usual;
      return guarded(scope, source, '', () => {
        const kept = keep(parsed, source, () => liquid.parse(source));
        warnUndefined(source, scope);
        return String(liquid.renderSync([...kept], new FillContext(liquid, { scope })));
      });
    },
    expression(source, scope) {
      const isSpent = scope.allowance !== undefined && scope.allowance.steps <= 0;
      const usual = isSpent ? undefined : keep(expressions, source, () => compileExpression(source))?.compute(scope);
      if (usual !== undefined && !isTooLong(usual)) return usual;
      return guarded(scope, source, undefined, () => {
        const value = keep(values, source, () => expressionOf(source, liquid));
        return bounded(plain(runSync(value.value(new FillContext(liquid, { scope })))));
      });
    },
    value(source, scope) {
      return fill(source, (text) => {
        const lone = LONE.exec(text)?.[1];
        if (lone === undefined) return templates.text(text, scope);
        const value = templates.expression(lone, scope);
        if (value === undefined) warnUndefined(text, scope);
        return value ?? '';
      });
    },
    sealed(source, scope) {
      return fill(source, (text) => {
        const parts: Json[] = [];
        let from = 0;
        for (const found of text.matchAll(SECRET)) {
          if (found.index > from) parts.push(templates.text(text.slice(from, found.index), scope));
          parts.push({ secret: found[1] ?? '' });
          from = found.index + found[0].length;
        }
        if (parts.length === 0) {
          const value = templates.value(text, scope);
          return value !== null && typeof value === 'object' ? { $plain: value } : value;
        }
        if (from < text.length) parts.push(templates.text(text.slice(from), scope));
        return { $sealed: parts };
      });
    },
    ...createAddresses(),
  };
  return templates;
}

/** Fills a text without Liquid. Returns undefined if Liquid has to: a value is missing or no text, number or boolean, or the text gets too long. */
function fillUsual(parts: UsualParts, scope: TemplateScope): string | undefined {
  if (!parts) return undefined;
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const value = part.compute(scope);
    if (value === undefined) return undefined;
    text += String(value);
    if (isTooLong(text)) return undefined;
  }
  return text;
}

function isTooLong(value: Json): boolean {
  return typeof value === 'string' && value.length > MAX_OUTPUT;
}

function fill(source: Json, text: (source: string) => Json): Json {
  if (typeof source === 'string') return isTemplate(source) ? text(source) : source;
  if (Array.isArray(source)) return source.map((one: Json) => fill(one, text));
  if (source === null || typeof source !== 'object') return source;
  return Object.fromEntries(Object.entries(source).map(([key, value]) => [key, value === undefined ? null : fill(value, text)]));
}

/** Refuses a text that filters have made too large. Lists are counted while they are made. */
function bounded(value: Json | undefined): Json | undefined {
  if (value !== undefined && isTooLong(value)) throw new Error(`more than ${MAX_OUTPUT} characters`);
  return value;
}

/** Converts a value to JSON. Liquid's own objects (drops, dates) become texts. */
function plain(value: unknown): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) return value.map((one) => plain(one) ?? null);
  if (typeof value !== 'object') return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return String(value);
  return Object.fromEntries(Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [[key, plain(one) ?? null]])));
}
