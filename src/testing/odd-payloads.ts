import type { Json, JsonObject } from '../contract/index.js';
import { isObject } from '../contract/json/json-members.js';

/** One value of each kind, among them those that throw when somebody asks an object for its value. */
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
  { toString: 1, valueOf: 1, length: -1, id: {}, type: [], text: { body: {} } },
];

/** The payload with each of its members and elements in turn missing, and replaced by each kind of value. */
export function* damaged(payload: Json): Generator<Json> {
  for (const path of placesIn(payload)) for (const odd of ODD) yield replaced(payload, path, odd) ?? null;
}

/** The payload with what nobody expects before and after the elements of each of its lists. */
export function* withOddNeighbours(payload: Json): Generator<Json> {
  for (const path of placesIn(payload)) {
    const list = at(payload, path);
    if (!Array.isArray(list) || !list.some(isObject)) continue;
    const elements = list as readonly Json[];
    for (const odd of ODD.filter((one) => one !== undefined)) yield replaced(payload, path, [odd, ...elements, odd]) ?? null;
    const [first = null] = elements;
    for (const broken of damaged(first)) yield replaced(payload, path, [broken, ...elements]) ?? null;
  }
}

type Path = readonly (string | number)[];

function placesIn(value: Json, path: Path = []): readonly Path[] {
  if (value === null || typeof value !== 'object') return [path];
  return [path, ...Object.keys(value).flatMap((key) => placesIn(at(value, [key]) ?? null, [...path, key]))];
}

function at(value: Json | undefined, [key, ...rest]: Path): Json | undefined {
  if (key === undefined) return value;
  return value !== null && typeof value === 'object' ? at((value as JsonObject)[key], rest) : undefined;
}

function replaced(value: Json | undefined, [key, ...rest]: Path, by: Json | undefined): Json | undefined {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((one: Json, i) => (String(i) === String(key) ? (replaced(one, rest, by) ?? null) : one));
  const object = (value ?? {}) as JsonObject;
  return { ...object, [key]: replaced(object[key], rest, by) };
}
