import type { Json, JsonObject } from './json.js';

/** A provider's JSON, read without believing any of it. */
export function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A member of an object, undefined of anything else. */
export function member(value: unknown, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** A text; one with NUL is none. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && !value.includes('\0') ? value : undefined;
}

/** A finite number, or a text of one; never asks an object, whose members are a stranger's, what it would be as a number. */
export function numberOf(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** The objects of a list; what else stands in it, or stands in its place, is passed over. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
