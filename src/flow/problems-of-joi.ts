import type Joi from 'joi';
import type { Problem } from '../contract/index.js';
import { pointerOf } from '../contract/json/json-pointer.js';
import { hintOfForm } from './hint-of-form.js';
import { type FormPlace, formPlaces, memberNames } from './mends/form-place.js';
import type { Mend } from './mends/mend.js';
import { mendOfForm } from './mends/mend-form.js';
import { nearestAmong } from './nearest.js';
import type { Description } from './walk-schema.js';

/** The place of the value, and the beginning of the codes of its problems. */
export interface JoiPlace {
  readonly pointer: string;
  /** The first part of the codes: `params` makes `params/missing`. */
  readonly code: string;
  readonly node?: string;
  /** The described schema and the value: with both, problems have mends, and hints suggest names for unknown members. */
  readonly schema?: () => Description;
  readonly value?: unknown;
  /** Whether problems have no mends: the value is not a file. */
  readonly isNoFile?: true;
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
    return { detail, place, mend: place && !at.isNoFile ? mendOfForm(place) : undefined, near: place ? nearest(place) : [] };
  });
  const meant = new Set(found.flatMap((one) => namesMeant(one, at.pointer)));
  const missing = new Set(details.flatMap(({ type, path }) => (type === 'any.required' ? [pointerOf(path)] : [])));
  return found
    .filter(({ detail: { type, path } }) => type !== 'any.required' || !meant.has(at.pointer + pointerOf(path)))
    .filter(({ detail, place }) => !place || !dependsOn(missing, { detail, place }))
    .map(({ detail, place, mend, near }) => ({
      pointer: at.pointer + pointerOf(detail.path),
      code: `${at.code}/${CODES[detail.type] ?? 'wrong'}`,
      ...(at.node === undefined ? {} : { node: at.node }),
      message: detail.message.replaceAll('"', "'"),
      hint: hintOfForm(detail, { place, nearest: near, page: at.page }),
      ...mend,
      severity: 'error',
    }));
}

/** Returns whether a member is refused only because the member is missing that decides whether it is allowed. */
function dependsOn(missing: ReadonlySet<string>, { detail: { type, path }, place }: Found): boolean {
  if (type !== 'any.unknown') return false;
  const beside = path.slice(0, -1);
  return place.own.some(({ whens = [] }) => whens.some(({ ref }) => missing.has(pointerOf([...beside, ...(ref?.path ?? [])]))));
}

interface Found {
  readonly detail: Joi.ValidationErrorItem;
  readonly place: FormPlace;
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
