import type { Json, JsonObject } from './json.js';
import { type IsoTime, isoTimeAt } from './time.js';

// Readers of a provider's JSON. They believe nothing of it, and none of them throws: what is not of the wanted kind is undefined.

export function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A member of an object; undefined of anything else. */
export function member(value: unknown, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Words of a person or a provider. NUL, which not every store keeps, is left out of them. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value.replaceAll('\0', '') : undefined;
}

/** A text that stands for something: never empty. One with NUL is undefined, because it would come out as another one. */
export function idOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' && !value.includes('\0') ? value : undefined;
}

/** A finite number, also one that is written as a text. An object is never asked for its value: its members are a stranger's. */
export function numberOf(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** The objects of a list. What else stands in it is left out; anything but a list has none. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The end of the year 9999: later times would not be in order as texts. */
const LAST_MILLIS = 253_402_300_799_999;

/** Milliseconds since 1970 as a time; undefined for what cannot be one. */
export function timeOf(millis: number | undefined): IsoTime | undefined {
  return millis !== undefined && millis > 0 && millis <= LAST_MILLIS ? isoTimeAt(millis) : undefined;
}
