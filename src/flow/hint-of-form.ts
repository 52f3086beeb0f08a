import type Joi from 'joi';
import { isObject } from '../contract/json/json-members.js';
import { type FormPlace, memberNames } from './mends/form-place.js';
import { didYouMean, nearestAmong } from './nearest.js';

/** What a hint is made from, beside the mistake: its place, the names that an unknown member is near to, and the page about the value. */
interface Guides {
  readonly place: FormPlace | undefined;
  readonly nearest: readonly string[];
  readonly page: string | undefined;
}

/** The maximum number of values or names that a hint lists. */
const MAX_LISTED = 12;

/** Returns how to mend a mistake that a schema has found. */
export function hintOfForm(detail: Joi.ValidationErrorItem, guides: Guides): string {
  const { page = 'docs/flow-format.md' } = guides;
  const key = String(detail.path.at(-1) ?? 'the body');
  const context = (detail.context ?? {}) as Readonly<Record<string, unknown>>;
  if (detail.type === 'any.required') return hintForMissing(key, guides);
  if (detail.type === 'object.unknown') return hintForUnknown(key, guides);
  if (detail.type === 'any.unknown') return hintForForbidden(key, guides);
  if (detail.type === 'any.only' && Array.isArray(context['valids'])) return hintForOnly(context['valids'], context['value']);
  if (detail.type === 'string.empty') return `Fill in "${key}", or remove it if it is optional.`;
  if (detail.type.endsWith('.max')) return `Keep "${key}" to at most ${String(context['limit'])}.`;
  if (detail.type.endsWith('.min')) return `Give "${key}" at least ${String(context['limit'])}.`;
  if (detail.type === 'number.positive') return `Give "${key}" a number above 0.`;
  if (detail.type === 'number.integer') return `Make "${key}" a whole number.`;
  if (detail.type.endsWith('.base')) return `Make "${key}" ${ARTICLES[detail.type.split('.')[0] ?? ''] ?? 'a value of the right kind'}.`;
  return `Look up "${key}" in ${page}.`;
}

function hintForMissing(key: string, { place }: Guides): string {
  const values = (place?.own ?? []).flatMap(({ allow = [], flags }) => (flags?.only ? textsIn(allow) : []));
  return values.length === 0 || values.length > MAX_LISTED ? `Add "${key}".` : `Add "${key}": ${oneOf(values)}.`;
}

/** Names the members that are allowed there and not there yet. */
function hintForUnknown(key: string, { place, nearest }: Guides): string {
  const { holder, around = [] } = place ?? {};
  const free = isObject(holder) ? memberNames(around).filter((name) => holder[name] === undefined) : [];
  const correct = free.length === 0 || free.length > MAX_LISTED ? 'correct its spelling' : `write ${oneOf(free)} instead`;
  return didYouMean(nearest, `Remove "${key}", or ${correct}. Members for other tools begin with "x-".`);
}

/** Names the value of another member with which the member is allowed. */
function hintForForbidden(key: string, { place }: Guides): string {
  const [when] = (place?.own ?? [])
    .flatMap(({ whens = [] }) => whens)
    .filter(({ otherwise }) => otherwise?.flags?.presence === 'forbidden');
  const values = textsIn(when?.is?.allow ?? []);
  if (!when?.ref?.path || values.length === 0) return `Remove "${key}".`;
  return `Remove "${key}": it is allowed only if "${when.ref.path.join('.')}" is ${oneOf(values)}.`;
}

function hintForOnly(valids: readonly unknown[], value: unknown): string {
  const near = typeof value === 'string' ? nearestAmong(textsIn(valids))(value) : [];
  return didYouMean(near, `Use one of ${valids.map((one) => JSON.stringify(one)).join(', ')}.`);
}

function textsIn(values: readonly unknown[]): readonly string[] {
  return values.filter((one): one is string => typeof one === 'string');
}

/** Returns `"a"`, `"a" or "b"`, `"a", "b" or "c"`. */
function oneOf(names: readonly string[]): string {
  const quoted = names.map((one) => `"${one}"`);
  return [quoted.slice(0, -1).join(', '), ...quoted.slice(-1)].filter((part) => part !== '').join(' or ');
}

const ARTICLES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  object: 'an object',
  array: 'a list',
  boolean: 'true or false',
};
