import { type Duration, durationMillis, type Json, type JsonObject } from '../../contract/index.js';
import { OTHER_VALUES } from '../../params/other-names.js';
import { meantAmong } from '../../text/meant-name.js';
import type { Description } from '../walk-schema.js';

type WrittenDuration = { readonly [K in keyof Duration]: Duration[K] } & Readonly<Record<string, Json>>;

const UNITS = ['seconds', 'minutes', 'hours', 'days'] as const;
const MAX_MILLIS = durationMillis({ value: 30, unit: 'days' });

/** Returns whether a schema is that of a length of time. */
export function isDuration({ metas = [] }: Description): boolean {
  return metas.some(({ kind }) => kind === 'duration');
}

/** Reads a length of time as other tools write it: seconds as a number, `10m`, `2 hours`, `PT10M`. Undefined if it is none, or not allowed. */
export function durationOf(value: unknown): WrittenDuration | undefined {
  if (typeof value === 'number') return lengthOf(value, 'seconds');
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const [, count, unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)\s{0,9}([a-z]*)$/i.exec(text) ?? /^PT?(\d{1,9})([DHMS])$/.exec(text) ?? [];
  if (count === undefined) return undefined;
  return lengthOf(Number(count), unit === '' ? 'seconds' : unit);
}

/** Reads a length of time that is written as `{ "minutes": 10 }`. */
export function durationOfMembers(holder: JsonObject): WrittenDuration | undefined {
  const [only, ...others] = Object.entries(holder);
  if (!only || others.length > 0) return undefined;
  const [unit, value] = only;
  return typeof value === 'number' ? lengthOf(value, unit) : undefined;
}

function lengthOf(value: number, named: string): WrittenDuration | undefined {
  const unit = UNITS.find((one) => one === meantAmong(UNITS, OTHER_VALUES)(named));
  if (unit === undefined || !(value > 0) || durationMillis({ value, unit }) > MAX_MILLIS) return undefined;
  return { value, unit };
}
