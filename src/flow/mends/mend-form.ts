import type { JsonObject } from '../../contract/index.js';
import { isObject } from '../../contract/json/json-members.js';
import { OTHER_MEMBERS, OTHER_OPERATORS, OTHER_VALUES } from '../../params/other-names.js';
import { meantAmong, squashed } from '../../text/meant-name.js';
import { slugOf } from '../../text/slug.js';
import type { Description } from '../walk-schema.js';
import { durationOf, durationOfMembers, isDuration } from './duration-written.js';
import { type FormPlace, memberNames, membersNamed } from './form-place.js';
import { added, type Mend, removed, renamed, replaced } from './mend.js';
import { listOf } from './rows-written.js';

/** Returns the only sensible mend of a mistake of form; undefined if there are several, or none. */
export function mendOfForm(place: FormPlace): Mend | undefined {
  return BY_TYPE[place.detail.type]?.(place);
}

type MendPlace = (place: FormPlace) => Mend | undefined;

const BY_TYPE: Readonly<Record<string, MendPlace>> = {
  'object.unknown': mendName,
  'any.only': mendChoice,
  'any.required': mendMissing,
  'any.unknown': mendForbidden,
  'string.empty': dropped,
  'string.base': mendText,
  'number.base': mendNumber,
  'boolean.base': mendBoolean,
  'array.base': mendList,
  'object.base': mendObject,
  'number.max': mendBound,
  'number.min': mendBound,
  'string.pattern.base': mendPattern,
  'string.pattern.name': mendPattern,
};

/** Decorations of edges in the files of canvases, which mean nothing here. */
const DECORATIONS: ReadonlySet<string> = new Set(['id', 'label', 'name']);

function mendName({ pointer, key, value, holder, around }: FormPlace): Mend | undefined {
  if (!isObject(holder)) return undefined;
  if (around.some(isDuration)) {
    const duration = durationOfMembers(holder);
    if (duration) return replaced(pointer.slice(0, pointer.lastIndexOf('/')), duration);
  }
  const names = memberNames(around);
  const isThere = (name: string) => holder[name] !== undefined;
  const free = names.filter((name) => !isThere(name) && mayHold(name, value, around));
  const name = meantAmong(free, OTHER_MEMBERS)(key) ?? missingWithValue(value, free, around);
  if (name !== undefined) return renamed(pointer, name);
  const isEdge = ['from', 'port', 'to'].every((one) => names.includes(one) && isThere(one));
  if (!isEdge || !DECORATIONS.has(key)) return undefined;
  return { ...renamed(pointer, `x-${key}`), hint: `Rename it "x-${key}": members for other tools begin with "x-".` };
}

/** Returns the only missing member that has a list of values with this one. */
function missingWithValue(value: unknown, free: readonly string[], around: readonly Description[]): string | undefined {
  const [name, ...others] = free.filter((one) =>
    membersNamed(one, around).some(({ flags, allow = [] }) => flags?.presence === 'required' && flags.only && allow.includes(value)),
  );
  return others.length === 0 ? name : undefined;
}

/** Returns whether a value can be, or be mended to be, what a member of this name holds. */
function mayHold(name: string, value: unknown, around: readonly Description[]): boolean {
  const types = membersNamed(name, around).map(({ type }) => type);
  if (!isObject(value)) return true;
  return types.length === 0 || types.some((type) => type !== 'string' && type !== 'number' && type !== 'boolean');
}

function mendChoice(place: FormPlace): Mend | undefined {
  const { detail, pointer, value, own } = place;
  if (value === null) return dropped(place);
  const number = own.some(({ type }) => type === 'number') ? numberIn(value) : undefined;
  if (number !== undefined) return replaced(pointer, number);
  const valids: unknown = detail.context?.['valids'];
  const names = (Array.isArray(valids) ? valids : []).filter((one): one is string => typeof one === 'string');
  const meant = typeof value === 'string' ? meantValue(value, names, place) : undefined;
  if (meant !== undefined) return { ...replaced(pointer, meant), hint: `Did you mean "${meant}"?` };
  const isAlternative = own.some(({ type }) => type === 'alternatives');
  return names.length === 1 && Array.isArray(valids) && valids.length === 1 && !isAlternative
    ? replaced(pointer, names[0] ?? '')
    : undefined;
}

function meantValue(value: string, names: readonly string[], { holder }: FormPlace): string | undefined {
  if (!names.includes('stringEquals')) return meantAmong(names, OTHER_VALUES)(value);
  // An operator is of the type of the value beside it.
  const isNumber = isObject(holder) && typeof holder['value'] === 'number';
  const ofType = names.filter((name) => (isNumber ? !name.startsWith('string') : !/^(number|date)Equals$/.test(name)));
  return meantAmong(ofType, OTHER_OPERATORS)(value);
}

function mendMissing({ pointer, key, holder, own, around }: FormPlace): Mend | undefined {
  const allowed = own.flatMap(({ allow = [], flags }) => (flags?.only ? allow : []));
  const [only] = allowed;
  if (own.length === 1 && allowed.length === 1 && typeof only === 'string') return added(pointer, only);
  const cases = isObject(holder) ? casesFor(key, holder, around) : [];
  return cases.length === 1 ? added(pointer, cases[0] ?? '') : undefined;
}

/** Returns the values of a member that decides which schema an object has, with which the object would be valid. */
function casesFor(key: string, holder: JsonObject, around: readonly Description[]): readonly string[] {
  const present = Object.keys(holder).filter((name) => !name.startsWith('x-'));
  const switches = around.flatMap(({ whens = [] }) => whens).filter(({ ref }) => ref?.path?.[0] === key);
  return switches.flatMap(({ switch: cases = [] }) =>
    cases.flatMap(({ is, then }) => {
      const [name] = (is?.allow ?? []).filter((one): one is string => typeof one === 'string');
      const keys = then?.keys ?? {};
      const fits =
        present.every((one) => Object.hasOwn(keys, one)) &&
        Object.entries(keys).every(([one, { flags }]) => one === key || flags?.presence !== 'required' || present.includes(one));
      return name !== undefined && fits ? [name] : [];
    }),
  );
}

/** A member that may not be there, and says nothing. */
function mendForbidden({ pointer, key, value }: FormPlace): Mend | undefined {
  const saysNothing = value === null || value === '' || value === false || (key === 'value' && value === true);
  return saysNothing ? removed(pointer, `Remove "${key}".`) : undefined;
}

/** An optional member without a value is the same as none. Of an object with any members, such as the params of a node, that is not known. */
function dropped({ pointer, key, holder, own }: FormPlace): Mend | undefined {
  const isRequired = own.some(
    ({ flags, type, keys, patterns }) => flags?.presence === 'required' || (type === 'object' && !keys && !patterns),
  );
  return isObject(holder) && !isRequired && own.length > 0 ? removed(pointer, `Remove "${key}": it is optional.`) : undefined;
}

function mendText(place: FormPlace): Mend | undefined {
  const { pointer, value } = place;
  if (value === null) return dropped(place);
  return typeof value === 'number' || typeof value === 'boolean' ? replaced(pointer, String(value)) : undefined;
}

function mendNumber(place: FormPlace): Mend | undefined {
  const { pointer, value } = place;
  if (value === null) return dropped(place);
  const number = numberIn(value);
  return number === undefined ? undefined : replaced(pointer, number);
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'string' && /^\s*-?\d{1,15}(?:\.\d{1,10})?\s*$/.test(value) ? Number(value) : undefined;
}

const TRUTHS: Readonly<Record<string, boolean>> = { true: true, yes: true, false: false, no: false };

function mendBoolean(place: FormPlace): Mend | undefined {
  const { pointer, value } = place;
  if (value === null) return dropped(place);
  const word = typeof value === 'string' ? squashed(value) : '';
  return Object.hasOwn(TRUTHS, word) ? replaced(pointer, TRUTHS[word] ?? null) : undefined;
}

function mendList(place: FormPlace): Mend | undefined {
  const { pointer, value, own } = place;
  if (value === null) return dropped(place);
  const items = own.flatMap(({ items: ofList = [] }) => ofList);
  const list = listOf(value, items);
  return list && replaced(pointer, list);
}

function mendObject(place: FormPlace): Mend | undefined {
  const { pointer, value, own } = place;
  if (value === null) return dropped(place);
  const duration = own.some(isDuration) ? durationOf(value) : undefined;
  if (duration) return replaced(pointer, duration);
  if (typeof value !== 'string') return undefined;
  if (own.some(({ metas = [] }) => metas.some(({ control }) => control === 'message')))
    return replaced(pointer, { type: 'text', text: value });
  const isChoice = own.some(({ keys = {} }) => ['id', 'title'].every((name) => keys[name]?.flags?.presence === 'required'));
  const id = slugOf(value);
  return isChoice && id !== '' ? replaced(pointer, { id, title: value }) : undefined;
}

function mendBound({ detail, pointer, around }: FormPlace): Mend | undefined {
  const limit: unknown = detail.context?.['limit'];
  if (typeof limit !== 'number' || around.some(isDuration)) return undefined;
  return replaced(pointer, limit);
}

function mendPattern(place: FormPlace): Mend | undefined {
  const { detail, pointer, value } = place;
  const regex: unknown = detail.context?.['regex'];
  if (!(regex instanceof RegExp) || typeof value !== 'string' || value.length > 200) return undefined;
  const written = otherForms(value, place).find((one) => regex.test(one));
  return written === undefined ? undefined : replaced(pointer, written);
}

/** Returns a text in the forms that may have been meant. */
function otherForms(value: string, { pointer, own }: FormPlace): readonly string[] {
  const marks = own.flatMap(({ metas = [] }) => metas);
  const [, alone] = /^\{\{-?\s*([A-Za-z_]\w*)\s*-?\}\}$/.exec(value.trim()) ?? [];
  if (marks.some(({ holds }) => holds === 'variable')) return alone === undefined ? [] : [alone];
  if (pointer === '/code' || marks.some(({ control }) => control === 'portName')) return [slugOf(value)];
  if (/^\/nodes\/\d+\/id$/.test(pointer)) return [value.trim().replace(/[^A-Za-z0-9_-]+/g, '-'), slugOf(value)];
  if (marks.some(({ holds }) => holds)) return [];
  return [value.trim(), value.trim().toUpperCase(), `0${value.trim()}`];
}
