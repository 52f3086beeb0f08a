import { isDeeper, type Json, type VariableType } from '../contract/index.js';
import { fold } from '../text/fold.js';
import { asWritten, type Reading } from './reading.js';
import { momentOf } from './time-zone.js';

/** Returns the value in this type, undefined where it cannot have it. Without a reading, texts are read as flow files write them. */
export function coerce(value: Json, type: VariableType, reading: Reading = asWritten('UTC')): Json | undefined {
  if (value === null) return null;
  switch (type) {
    case 'text':
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    case 'number':
      return numberOf(value, reading);
    case 'boolean':
      return booleanOf(value);
    case 'date':
      return dateOf(value, reading.timeZone) === undefined ? undefined : String(value).trim();
    case 'list':
      return Array.isArray(value) ? value : parsed(value, (one) => Array.isArray(one));
    case 'object':
      return isObject(value) ? value : parsed(value, isObject);
  }
}

/** Returns the number that a value is or says, undefined for everything else, blank texts too. */
export function numberOf(value: Json | undefined, reading: Reading = asWritten('UTC')): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? reading.number(value) : undefined;
}

function booleanOf(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === 0) return value === 1;
  const text = typeof value === 'string' ? fold(value) : '';
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

const ISO_DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?\s*(Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?$/;

/** The moment of an ISO date in milliseconds; one without an offset is in the time zone. */
export function dateOf(value: Json | undefined, timeZone: string): number | undefined {
  if (typeof value !== 'string') return undefined;
  const found = ISO_DATE.exec(value.trim());
  if (!found) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', part = '', offset] = found;
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}${part}`;
  const utc = Date.parse(`${text}Z`);
  // 30 February is no date, though Date makes one of it.
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return undefined;
  if (offset !== undefined) return utc - millisAhead(offset);
  return momentOf(utc, timeZone);
}

/** `Z`, `+01`, `+0100`, `+01:00`, in milliseconds. */
function millisAhead(offset: string): number {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3).replace(':', ''));
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
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
