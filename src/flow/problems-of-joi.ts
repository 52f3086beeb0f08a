import type Joi from 'joi';
import type { Problem } from '../contract/index.js';

/** Where a schema was broken, as problems: all at once, the pointer of a missing member naming it. `code` stands before joi's own word. */
export function problemsOfJoi(
  error: Joi.ValidationError,
  at: { readonly pointer: string; readonly code: string; readonly node?: string },
): readonly Problem[] {
  return error.details.map((detail) => ({
    pointer: at.pointer + pointerOf(detail.path),
    code: `${at.code}/${CODES[detail.type] ?? 'wrong'}`,
    ...(at.node === undefined ? {} : { node: at.node }),
    message: detail.message.replaceAll('"', "'"),
    hint: hintFor(detail),
    severity: 'error',
  }));
}

/** Holds a value against a schema, all mistakes at once; joi itself overflows at some hundred thousand, of which the first is told then. */
export function validateAll(schema: Joi.Schema, value: unknown, convert = false): Joi.ValidationResult {
  try {
    return schema.validate(value, { abortEarly: false, convert });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return schema.validate(value, { convert });
  }
}

/** A JSON Pointer (RFC 6901) of a path. */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

const CODES: Readonly<Record<string, string>> = {
  'any.required': 'missing',
  'object.unknown': 'unknown-key',
  'any.only': 'not-allowed',
  'string.empty': 'empty',
};

function hintFor(detail: Joi.ValidationErrorItem): string {
  const key = String(detail.path.at(-1) ?? 'the body');
  const context = (detail.context ?? {}) as Readonly<Record<string, unknown>>;
  if (detail.type === 'any.required') return `Add "${key}".`;
  if (detail.type === 'object.unknown') return `Remove "${key}", or correct its spelling; keys for other tools begin with "x-".`;
  if (detail.type === 'any.only' && Array.isArray(context['valids']))
    return `Use one of ${context['valids'].map((one) => JSON.stringify(one)).join(', ')}.`;
  if (detail.type === 'string.empty') return `Write something in "${key}", or leave it out.`;
  if (detail.type.endsWith('.max')) return `Keep "${key}" to at most ${String(context['limit'])}.`;
  if (detail.type.endsWith('.min')) return `Give "${key}" at least ${String(context['limit'])}.`;
  if (detail.type.endsWith('.base')) return `Make "${key}" ${ARTICLES[detail.type.split('.')[0] ?? ''] ?? 'a value of the right kind'}.`;
  return `Look at "${key}" in docs/flow-format.md.`;
}

const ARTICLES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  object: 'an object',
  array: 'a list',
  boolean: 'true or false',
};
