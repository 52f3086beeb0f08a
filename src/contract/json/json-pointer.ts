/** Returns a path as a JSON Pointer: `['a/b', 0]` is `/a~1b/0`. https://www.rfc-editor.org/rfc/rfc6901 */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Returns the parts of a JSON Pointer (RFC 6901), unescaped: `/nodes/3/a~1b` has `nodes`, `3` and `a/b`. */
export function partsOfPointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Returns what a JSON Pointer points at, or undefined if nothing is there. Works on any value, also on params of the wrong form. */
export function valueAt(value: unknown, pointer: string): unknown {
  return partsOfPointer(pointer).reduce(ownMember, value);
}

/** Returns an object's or a list's own member, or undefined. */
export function ownMember(value: unknown, name: string): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}
