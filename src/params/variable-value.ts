import { isDeeper, type Json, type VariableType } from '../contract/index.js';
import { dateOf } from '../text/date.js';

/** The value as this type has it, or undefined where it has none. */
export function coerce(value: Json, type: VariableType, timeZone = 'UTC'): Json | undefined {
  if (value === null) return null;
  switch (type) {
    case 'text':
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    case 'number':
      return numberOf(value);
    case 'boolean':
      return booleanOf(value);
    case 'date':
      return dateOf(value, { zone: timeZone }) === undefined ? undefined : String(value).trim();
    case 'list':
      return Array.isArray(value) ? value : parsed(value, (one) => Array.isArray(one));
    case 'object':
      return isObject(value) ? value : parsed(value, isObject);
  }
}

/** The number that a value is or says; a blank text says none. */
export function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(value.trim())) return undefined;
  const number = Number(value);
  // 1e999 is larger than any number that JSON can hold.
  return Number.isFinite(number) ? number : undefined;
}

function booleanOf(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === 0) return value === 1;
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

function isObject(value: Json): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function parsed(value: Json, fits: (value: Json) => boolean): Json | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    const read = JSON.parse(value) as Json;
    return fits(read) && !isDeeper(read) ? read : undefined;
  } catch {
    return undefined;
  }
}
