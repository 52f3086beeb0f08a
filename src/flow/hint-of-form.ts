import type Joi from 'joi';
import { type FormPlace, memberNames, membersNamed } from './mends/form-place.js';
import { didYouMean, nearestAmong } from './nearest.js';
import type { Description } from './walk-schema.js';

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
  if (detail.type === 'any.required') return detail.path.length === 0 ? 'Send the body as JSON.' : hintForMissing(key, guides);
  if (detail.type === 'object.unknown') return hintForUnknown(key, guides);
  if (detail.type === 'any.unknown') return hintForForbidden(key, guides);
  if (detail.type === 'any.only' && Array.isArray(context['valids'])) return hintForOnly(context['valids'], context['value']);
  if (detail.type === 'string.trim') return `Remove the blanks at the ends of "${key}".`;
  if (detail.type === 'object.min') return hintForEmpty(key, guides);
  if (detail.type === 'string.empty') return hintForBlank(key, guides);
  if (detail.type.endsWith('.max')) return `Keep "${key}" to at most ${String(context['limit'])}.`;
  if (detail.type.endsWith('.min')) return `Give "${key}" at least ${String(context['limit'])}.`;
  if (detail.type === 'number.positive') return `Give "${key}" a number above 0.`;
  if (detail.type === 'number.integer') return `Make "${key}" a whole number.`;
  if (detail.type.endsWith('.base')) return `Make "${key}" ${ARTICLES[detail.type.split('.')[0] ?? ''] ?? 'a value of the right kind'}.`;
  return aboutValue(guides.place) ?? `Look up "${key}" in ${page}.`;
}

/** Returns what the schema says of the value. */
function aboutValue(place: FormPlace | undefined): string | undefined {
  return place?.own.map(({ flags }) => flags?.description).find((words) => words !== undefined);
}

function hintForBlank(key: string, { place }: Guides): string {
  const takesNull = (place?.own ?? []).some(({ allow = [] }) => allow.includes(null));
  return takesNull ? `Fill in "${key}", or write null to remove it.` : `Fill in "${key}", or remove it if it is optional.`;
}

function hintForMissing(key: string, { place }: Guides): string {
  const values = (place?.own ?? []).flatMap(({ allow = [], flags }) => (flags?.only ? textsIn(allow) : []));
  return values.length === 0 || values.length > MAX_LISTED ? `Add "${key}".` : `Add "${key}": ${oneOf(values)}.`;
}

/** Names the members of which some are needed. */
function hintForEmpty(key: string, { place }: Guides): string {
  const names = memberNames(place?.own ?? []);
  return names.length === 0 || names.length > MAX_LISTED ? `Add a member to "${key}".` : `Add ${oneOf(names)}.`;
}

/** Names the members that are allowed there. */
function hintForUnknown(key: string, { place, nearest }: Guides): string {
  const { around = [] } = place ?? {};
  const [named] = around.flatMap(({ metas = [] }) => metas.flatMap(({ names }) => names ?? []));
  if (named !== undefined) return `Rename "${key}": a name has ${named}.`;
  const open = nearest.length === 0 ? memberForAny(key, around) : undefined;
  if (open !== undefined) return `Put "${key}" into "${open}", or remove it.`;
  const allowed = memberNames(around);
  const isShort = allowed.length > 0 && allowed.length <= MAX_LISTED;
  const remove = isShort ? `Remove "${key}"; allowed here: ${listed(allowed)}.` : `Remove "${key}", or correct its spelling.`;
  const others = place && !around.some(takesOthers) ? '' : ' Members for other tools begin with "x-".';
  return didYouMean(nearest, remove + others);
}

function takesOthers({ patterns = [] }: Description): boolean {
  return patterns.some(({ regex }) => String(regex) === '/^x-/');
}

/** Returns the member that is an object with names of the caller's own, such as the fields of a contact. */
function memberForAny(key: string, around: readonly Description[]): string | undefined {
  if (!/^[A-Za-z_]\w{0,63}$/.test(key)) return undefined;
  return memberNames(around).find((name) => membersNamed(name, around).some(({ metas = [] }) => metas.some(({ names }) => names)));
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

function listed(names: readonly string[]): string {
  return names.map((one) => `"${one}"`).join(', ');
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
