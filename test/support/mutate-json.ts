import type { Json, JsonObject } from '../../src/contract/index.js';

/** The path to a value in JSON. */
export type Place = readonly (string | number)[];

/** Returns the paths to all values in a JSON value, itself included. */
export function placesIn(value: Json, at: Place = []): readonly Place[] {
  if (value === null || typeof value !== 'object') return [at];
  const inner = Array.isArray(value) ? value.map((one: Json, i) => [i, one] as const) : Object.entries(value);
  return [at, ...inner.flatMap(([key, one]) => placesIn((one ?? null) as Json, [...at, key]))];
}

/** Values of every type, at and beyond the limits of flow files. */
const VALUES: readonly Json[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  0.5,
  31,
  1_001,
  86_400_000,
  1e20,
  '',
  'x',
  'X y',
  'text',
  'seconds',
  '25:00',
  'a'.repeat(65),
  'a'.repeat(2_001),
  'b'.repeat(11_000),
  '{{ x }}',
  [],
  [1],
  ['x', 'x'],
  {},
  { x: 1 },
  { value: 1, unit: 'hours' },
  { type: 'text', text: 'x' },
];

/** Names of members in flow files, and one that does not exist. */
const NAMES: readonly string[] = [
  'x-tool',
  'unknown',
  'type',
  'text',
  'version',
  'default',
  'limit',
  'name',
  'value',
  'url',
  'choices',
  'template',
  'channel',
  'to',
  'for',
  'untilDate',
  'not',
  'all',
  'form',
];

/** Returns a copy with one change at a path: another value, a member more or less, or a longer list. */
export function mutated(json: Json, place: Place, how: number): Json {
  const copy = structuredClone(json) as Json;
  const key = place.at(-1);
  const holder = place.slice(0, -1).reduce<unknown>((value, one) => (value as JsonObject)[one], copy) as Record<string | number, Json>;
  const value = key === undefined ? copy : (holder[key] as Json);
  const choice = how % 8;
  const seed = Math.floor(how / 8);
  const replace = (by: Json): Json => {
    if (key === undefined) return by;
    holder[key] = by;
    return copy;
  };
  if (choice <= 2) return replace(VALUES[seed % VALUES.length] ?? null);
  if (choice === 3 && key !== undefined) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
    return copy;
  }
  if (Array.isArray(value)) {
    const list = value as Json[];
    const length = [1, 2, 11, 51, 101, 201][seed % 6] ?? 1;
    return replace(Array.from({ length: list.length + length }, (_, i) => list[i] ?? list[0] ?? 'x'));
  }
  if (value !== null && typeof value === 'object')
    return replace({ ...value, [NAMES[seed % NAMES.length] ?? 'x']: VALUES[Math.floor(seed / NAMES.length) % VALUES.length] ?? null });
  if (typeof value === 'string') return replace(seed % 2 === 0 ? `${value}~` : value.slice(1));
  return replace(typeof value === 'number' ? value * ([-1, 1_000, 0.3][seed % 3] ?? 1) : 'x');
}
