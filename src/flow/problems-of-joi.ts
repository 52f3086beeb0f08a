import type Joi from 'joi';
import type { Problem } from '../contract/index.js';
import { pointerOf } from '../contract/json/json-pointer.js';
import { type FormPlace, formPlaces, memberNames } from './mends/form-place.js';
import type { Mend } from './mends/mend.js';
import { mendOfForm } from './mends/mend-form.js';
import { didYouMean, nearestAmong } from './nearest.js';
import type { Description } from './walk-schema.js';

/** The place of the value, and the beginning of the codes of its problems. */
export interface JoiPlace {
  readonly pointer: string;
  /** The first part of the codes: `params` makes `params/missing`. */
  readonly code: string;
  readonly node?: string;
  /** The described schema and the value, in a flow file: with both, problems have mends, and hints suggest names for unknown members. */
  readonly schema?: () => Description;
  readonly value?: unknown;
  /** The page that explains the value. Default: docs/flow-format.md. */
  readonly page?: string;
}

/** Returns a problem for each error of a schema. The pointer of a missing member names the member. A misspelt member is reported once. */
export function problemsOfJoi(error: Joi.ValidationError, at: JoiPlace): readonly Problem[] {
  const details = error.details.flatMap(insideAlternatives);
  const { schema, value } = at;
  const places = schema && formPlaces({ pointer: at.pointer, schema, value });
  const found = details.map((detail) => {
    const place = places?.(detail);
    return { detail, mend: place && mendOfForm(place), near: place ? nearest(place) : [] };
  });
  const meant = new Set(found.flatMap((one) => namesMeant(one, at.pointer)));
  return found
    .filter(({ detail: { type, path } }) => type !== 'any.required' || !meant.has(at.pointer + pointerOf(path)))
    .map(({ detail, mend, near }) => ({
      pointer: at.pointer + pointerOf(detail.path),
      code: `${at.code}/${CODES[detail.type] ?? 'wrong'}`,
      ...(at.node === undefined ? {} : { node: at.node }),
      message: detail.message.replaceAll('"', "'"),
      hint: hintFor(detail, { nearest: near, page: at.page }),
      ...mend,
      severity: 'error',
    }));
}

function nearest({ detail: { type }, key, around }: FormPlace): readonly string[] {
  return type === 'object.unknown' ? nearestAmong(memberNames(around))(key) : [];
}

/** Returns the places of members that an unknown member may stand for. */
function namesMeant(
  { detail, mend, near }: { readonly detail: Joi.ValidationErrorItem; readonly mend: Mend | undefined; readonly near: readonly string[] },
  pointer: string,
): readonly string[] {
  if (detail.type !== 'object.unknown') return [];
  const [step] = mend?.mend ?? [];
  return step?.op === 'move' ? [step.path] : near.map((name) => pointer + pointerOf([...detail.path.slice(0, -1), name]));
}

/**
 * Returns what is wrong inside of a value that fits none of some alternatives: by the one that takes values of its kind, a list or an object,
 * or else by those that it is nearly one of. If there is none, joi only says that the value fits none of them.
 */
function insideAlternatives(detail: Joi.ValidationErrorItem): readonly Joi.ValidationErrorItem[] {
  const inner = (detail.context as { readonly details?: readonly Joi.ValidationErrorItem[] } | undefined)?.details ?? [];
  if (detail.type !== 'alternatives.match') return [detail];
  const ofItsKind = inner.filter(({ type, path }) => !(type.endsWith('.base') && path.length === detail.path.length));
  if (inner.length - ofItsKind.length === 1 && ofItsKind.length > 0) return ofItsKind.flatMap(insideAlternatives);
  const deeper = inner.filter(({ path }) => path.length > detail.path.length);
  return deeper.length > 0 ? deeper.flatMap(insideAlternatives) : [detail];
}

/** The result of a validation. `isPartial`: there were too many mistakes, and only the first one is reported. */
export type Validated = Joi.ValidationResult & { readonly isPartial?: true };

/** Validates a value and reports all mistakes. joi overflows at some hundred thousand mistakes; then only the first one is reported. */
export function validateAll(schema: Joi.Schema, value: unknown, convert = false): Validated {
  try {
    return schema.validate(value, { abortEarly: false, convert });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ...schema.validate(value, { convert }), isPartial: true };
  }
}

const CODES: Readonly<Record<string, string>> = {
  'any.required': 'missing',
  'object.unknown': 'unknown-key',
  'any.only': 'not-allowed',
  'string.empty': 'empty',
};

/** The names that an unknown member is near to, and the page that explains the value. */
interface Guides {
  readonly nearest: readonly string[];
  readonly page?: string | undefined;
}

function hintFor(detail: Joi.ValidationErrorItem, { nearest, page = 'docs/flow-format.md' }: Guides): string {
  const key = String(detail.path.at(-1) ?? 'the body');
  const context = (detail.context ?? {}) as Readonly<Record<string, unknown>>;
  if (detail.type === 'any.required') return `Add "${key}".`;
  if (detail.type === 'object.unknown')
    return didYouMean(nearest, `Remove "${key}", or correct its spelling. Members for other tools begin with "x-".`);
  if (detail.type === 'any.only' && Array.isArray(context['valids'])) return hintForOnly(context['valids'], context['value']);
  if (detail.type === 'string.empty') return `Fill in "${key}", or remove it if it is optional.`;
  if (detail.type.endsWith('.max')) return `Keep "${key}" to at most ${String(context['limit'])}.`;
  if (detail.type.endsWith('.min')) return `Give "${key}" at least ${String(context['limit'])}.`;
  if (detail.type.endsWith('.base')) return `Make "${key}" ${ARTICLES[detail.type.split('.')[0] ?? ''] ?? 'a value of the right kind'}.`;
  return `Look up "${key}" in ${page}.`;
}

function hintForOnly(valids: readonly unknown[], value: unknown): string {
  const names = valids.filter((one) => typeof one === 'string');
  const near = typeof value === 'string' ? nearestAmong(names)(value) : [];
  return didYouMean(near, `Use one of ${valids.map((one) => JSON.stringify(one)).join(', ')}.`);
}

const ARTICLES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  object: 'an object',
  array: 'a list',
  boolean: 'true or false',
};
