/**
 * Returns the members that are not empty: neither undefined, nor an empty text or list. `shows` of an adapter builds its values with it.
 *
 * @example withoutEmpty<Shown>({ kind: 'text', text: 'Hi', footer: '' })   // { kind: 'text', text: 'Hi' }
 */
export function withoutEmpty<T extends object>(members: { readonly [Name in keyof T]: T[Name] | undefined }): T {
  const isThere = (value: unknown) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(members).filter(([, value]) => isThere(value))) as T;
}
