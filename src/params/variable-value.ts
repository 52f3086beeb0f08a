import { isDeeper, type Json, type VariableType } from '../contract/index.js';
import { readJson } from '../contract/json/exact-json.js';
import { dateOf } from '../text/date.js';
import { fold } from '../text/fold.js';
import { wordsOfMessage } from '../text/message-words.js';
import { asWritten, type Reading } from './reading.js';

/** Returns the value in this type, undefined where it cannot have it. Without a reading, texts are read as flow files write them. */
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

/** Returns the number that a value is or says, undefined for everything else, blank texts too. */
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

function isObject(value: Json): boolean {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function parsed(value: Json, fits: (value: Json) => boolean): Json | undefined {
  const read = typeof value === 'string' ? readJson(value) : undefined;
  return read !== undefined && fits(read) && !isDeeper(read) ? read : undefined;
}
