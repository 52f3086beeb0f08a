import type { Json, JsonObject } from '../../contract/index.js';
import { isObject } from '../../contract/json/json-members.js';
import type { Description } from '../walk-schema.js';
import { memberNames } from './form-place.js';

/**
 * Returns the list that a value was meant to be: a text with commas where texts are listed, one object without its list, or an object whose
 * members are the rows. Undefined if that is not clear.
 */
export function listOf(value: unknown, items: readonly Description[]): readonly Json[] | undefined {
  if (typeof value === 'string') {
    const isOfTexts = items.length > 0 && items.every(({ type }) => type === 'string');
    const parts = value.split(',').map((one) => one.trim());
    return isOfTexts && parts.every((one) => one !== '') ? parts : undefined;
  }
  if (!isObject(value)) return undefined;
  const names = memberNames([...items, ...items.flatMap(casesOf)]);
  if (names.length === 0) return undefined;
  if (Object.keys(value).every((key) => names.includes(key) || key.startsWith('x-'))) return [value];
  return rowsOf(value, names);
}

/** Returns the schemas of an object whose schema depends on one of its members. */
function casesOf({ whens = [] }: Description): readonly Description[] {
  return whens.flatMap(({ switch: cases = [] }) => cases.flatMap(({ then }) => then ?? []));
}

function rowsOf(value: JsonObject, names: readonly string[]): readonly Json[] | undefined {
  if (!names.includes('name')) return undefined;
  const entries = Object.entries(value).flatMap(([name, one]) => (one === undefined ? [] : [[name, one] as const]));
  const column = ['value', 'from'].find((name) => names.includes(name));
  if (column !== undefined) return entries.map(([name, one]) => ({ name, [column]: one }));
  const isRow = (one: Json) => isObject(one) && Object.keys(one).every((key) => key !== 'name' && names.includes(key));
  return entries.every(([, one]) => isRow(one)) ? entries.map(([name, one]) => ({ name, ...(one as object) })) : undefined;
}
