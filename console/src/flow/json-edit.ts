import { partsOfPointer } from '../../../src/contract/json/json-pointer.js';
import type { Json, JsonObject } from '../../../src/contract/json.js';

/**
 * Returns a copy of the value with another value at a JSON Pointer; undefined removes what is there. What is not on the way to it stays the
 * same object, and if nothing changes, the value itself is returned. Missing objects and lists on the way are made, and values that can
 * have no members are replaced. In lists, `-` and indexes behind the end add a member.
 *
 * @example
 * withValueAt({ branches: [{ name: 'yes' }] }, '/branches/0/name', 'no')   // { branches: [{ name: 'no' }] }
 */
export function withValueAt<T>(value: T, pointer: string, next: Json | undefined): T {
  return edited(value, partsOfPointer(pointer), next) as T;
}

/** Returns whether two values are the same JSON. The order of members does not matter; a member that is undefined is as good as missing. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object' || Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, i) => isSame(one, b[i]));
  const [left, right] = [a as JsonObject, b as JsonObject];
  const has = (object: JsonObject, name: string) => Object.hasOwn(object, name) && object[name] !== undefined;
  const names = Object.keys(left).filter((name) => left[name] !== undefined);
  const others = Object.keys(right).filter((name) => right[name] !== undefined);
  return names.length === others.length && names.every((name) => has(right, name) && isSame(left[name], right[name]));
}

function edited(value: unknown, parts: readonly string[], next: Json | undefined): unknown {
  const [first, ...rest] = parts;
  if (first === undefined) return isSame(value, next) ? value : next;
  if (Array.isArray(value)) return editedList(value, [first, ...rest], next);
  if (value !== null && typeof value === 'object') return editedObject(value as JsonObject, [first, ...rest], next);
  if (next === undefined) return value;
  return first === '-' || first === '0' ? editedList([], [first, ...rest], next) : editedObject({}, [first, ...rest], next);
}

function editedList(list: readonly unknown[], [first = '-', ...rest]: readonly string[], next: Json | undefined): readonly unknown[] {
  const index = /^\d+$/.test(first) ? Math.min(Number(first), list.length) : list.length;
  const member = edited(list[index], rest, next);
  if (member === undefined) return index === list.length ? list : list.toSpliced(index, 1);
  return index < list.length && Object.is(member, list[index]) ? list : list.toSpliced(index, 1, member);
}

function editedObject(object: JsonObject, [first = '', ...rest]: readonly string[], next: Json | undefined): JsonObject {
  const was = Object.hasOwn(object, first) ? object[first] : undefined;
  const member = edited(was, rest, next);
  if (Object.is(member, was)) return object;
  // Written as entries, because assigning to `__proto__` would not make a member.
  const others = Object.entries(object).filter(([name]) => name !== first);
  if (member === undefined) return Object.fromEntries(others) as JsonObject;
  const isNew = was === undefined;
  const entries: [string, unknown][] = Object.entries(object).map(([name, one]) => [name, name === first ? member : one]);
  return Object.fromEntries(isNew ? [...others, [first, member]] : entries) as JsonObject;
}
