import type { Json, VariableType } from '../contract/index.js';
import { readJson } from '../contract/json/exact-json.js';
import { isObject } from '../contract/json/json-members.js';
import { isDeeper } from '../contract/json/levels.js';
import { dateOf } from '../text/date.js';
import { fold } from '../text/fold.js';
import { wordsOfMessage } from '../text/message-words.js';
import { asWritten, type Reading } from './reading.js';

/**
 * Converts a value to a type. Returns undefined if that is not possible; null stays null. By default texts are read like those of flow files.
 *
 * @example coerce('2.5', 'number') // 2.5
 * coerce('[1]', 'list') // [1]
 * coerce('ten', 'number') // undefined
 */
export function coerce(value: Json, type: VariableType, reading: Reading = asWritten('UTC')): Json | undefined {
  if (value === null) return null;
  switch (type) {
    case 'text':
      return typeof value === 'object' ? (wordsOfMessage(value) ?? JSON.stringify(value)) : String(value);
    case 'number':
      return asNumber(value, reading);
    case 'boolean':
      return booleanOf(value);
    case 'date':
      return dateOf(value, { zone: reading.timeZone }) === undefined ? undefined : String(value).trim();
    case 'list':
      return Array.isArray(value) ? value : parsed(value, (one) => Array.isArray(one));
    case 'object':
      return isObject(value) ? value : parsed(value, isObject);
  }
}

/** Returns a number as it is, and the number that a text is; undefined for everything else, also for a blank text. */
export function asNumber(value: Json | undefined, reading: Reading = asWritten('UTC')): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? reading.number(value) : undefined;
}

function booleanOf(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === 0) return value === 1;
  const text = typeof value === 'string' ? fold(value) : '';
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** Reads a text as JSON; undefined if it does not fit or is nested too deep. */
function parsed(value: Json, fits: (value: Json) => boolean): Json | undefined {
  const read = typeof value === 'string' ? readJson(value) : undefined;
  return read !== undefined && fits(read) && !isDeeper(read) ? read : undefined;
}
