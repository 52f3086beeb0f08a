import type { Json, JsonObject } from '../contract/index.js';

/** Returns a path as a JSON Pointer: `['a/b', 0]` is `/a~1b/0`. https://www.rfc-editor.org/rfc/rfc6901 */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Returns the names in a JSON Pointer. */
export function pathOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Returns the value at a JSON Pointer; undefined if nothing is there. */
export function valueAt(value: Json, pointer: string): Json | undefined {
  return pathOf(pointer).reduce<Json | undefined>(memberOf, value);
}

/** Returns a member of an object or a list by its name; undefined if it is missing. */
export function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
  return (value as JsonObject)[name];
}
