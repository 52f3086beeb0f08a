import type { JsonObject } from '../../../src/contract/json.js';

/** Returns a map with one name changed, in the same order. Nothing changes if the new name is empty or taken. */
export function renamed(map: JsonObject, from: string, to: string): JsonObject {
  if (to === '' || to === '__proto__' || Object.hasOwn(map, to)) return map;
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name === from ? to : name, value]));
}

/** Returns a name that a map does not have yet. */
export function freeName(names: readonly string[]): string {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? 'name' : `name_${n}`;
    if (!names.includes(name)) return name;
  }
}
