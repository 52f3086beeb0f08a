import type { Json, JsonObject } from '../json.js';
import { type IsoTime, isoTimeAt } from '../time.js';

// Readers for JSON that comes from outside. None of them throws: a value of another type is read as undefined.

/** Returns true if the value is an object: neither null nor a list. After it, members can be read: `value['id']`. */
export function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/**
 * Returns a member of an object, or undefined if the value is not an object or has no such member of its own.
 *
 * @example member(member(body, 'error'), 'code')   // never throws, whatever `body` is
 */
export function member(value: unknown, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/**
 * Returns the value if it is a string, else undefined. For words of people and providers: NUL characters, which some stores cannot
 * keep, are removed.
 *
 * @example readText('Hi\0')   // 'Hi'
 */
export function readText(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value.replaceAll('\0', '') : undefined;
}

/**
 * Returns the value if it is a string that can serve as an id: not empty, and without NUL characters (removing them would make it
 * another id). Else undefined.
 *
 * @example readId('')   // undefined
 */
export function readId(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' && !value.includes('\0') ? value : undefined;
}

/**
 * Returns a finite number, or undefined. A string with a number in it counts.
 *
 * @example readNumber('131026')   // 131026
 */
export function readNumber(value: Json | undefined): number | undefined {
  // Only strings are converted: converting an object would call members that a stranger has written.
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/**
 * Returns the objects of a list, without its other elements. Returns an empty list if the value is not a list.
 *
 * @example for (const message of readObjects(value['messages'])) …
 */
export function readObjects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The end of the year 9999: later times would not sort as strings. */
const LAST_MILLIS = 253_402_300_799_999;

/**
 * Returns a time as an ISO string, or undefined if there cannot be such a time.
 *
 * @example readTime(readNumber(body['timestamp']))   // '2025-02-12T01:10:24.000Z'
 */
export function readTime(millis: number | undefined): IsoTime | undefined {
  return millis !== undefined && millis > 0 && millis <= LAST_MILLIS ? isoTimeAt(millis) : undefined;
}
