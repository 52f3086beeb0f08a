import type { Json, JsonObject } from '../contract/index.js';
import { isObject } from '../contract/json/json-members.js';

/** Values of every type, among them objects that throw when they are converted to a string or a number. */
const ODD: readonly (Json | undefined)[] = [
  undefined,
  null,
  true,
  0,
  -7.5,
  1e300,
  '',
  'odd',
  'o\0dd',
  '١٢',
  [],
  [null, 7, 'odd', [], {}],
  {},
  { toString: 1, valueOf: 1, length: -1, id: {}, type: [], text: { text: {} } },
];

/** Gives the payload with one value in it missing, or replaced by one of another type: every value in turn, by each type. */
export function* damaged(payload: Json): Generator<Json> {
  for (const path of pathsIn(payload)) for (const odd of ODD) yield replaced(payload, path, odd) ?? null;
}

/** Gives the payload with broken elements before and after the elements of one of its lists: every list in turn. */
export function* withOddNeighbours(payload: Json): Generator<Json> {
  for (const path of pathsIn(payload)) {
    const list = valueIn(payload, path);
    if (!Array.isArray(list) || !list.some(isObject)) continue;
    const elements = list as readonly Json[];
    for (const odd of ODD.filter((value) => value !== undefined)) yield replaced(payload, path, [odd, ...elements, odd]) ?? null;
    const [first = null] = elements;
    for (const broken of damaged(first)) yield replaced(payload, path, [broken, ...elements]) ?? null;
  }
}

/** Gives the payload with one of its texts replaced: every text in turn. */
export function* withOtherTexts(payload: Json, text: string): Generator<Json> {
  for (const path of pathsIn(payload)) if (typeof valueIn(payload, path) === 'string') yield replaced(payload, path, text) ?? null;
}

type Path = readonly (string | number)[];

function pathsIn(value: Json, path: Path = []): readonly Path[] {
  if (value === null || typeof value !== 'object') return [path];
  return [path, ...Object.keys(value).flatMap((key) => pathsIn(valueIn(value, [key]) ?? null, [...path, key]))];
}

function valueIn(value: Json | undefined, [key, ...rest]: Path): Json | undefined {
  if (key === undefined) return value;
  return value !== null && typeof value === 'object' ? valueIn((value as JsonObject)[key], rest) : undefined;
}

function replaced(value: Json | undefined, [key, ...rest]: Path, by: Json | undefined): Json | undefined {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((one: Json, i) => (String(i) === String(key) ? (replaced(one, rest, by) ?? null) : one));
  const object = (value ?? {}) as JsonObject;
  return { ...object, [key]: replaced(object[key], rest, by) };
}
