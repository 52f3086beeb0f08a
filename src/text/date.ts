import { isoTimeAt, millisOf } from '../contract/index.js';
import { zoneOffsetAt } from './zone-offset.js';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** What the clocks and calendars of a time zone show at a moment. */
export interface WallTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** 0 (Sunday) to 6. */
  readonly weekday: number;
  /** 1 to 366. */
  readonly dayOfYear: number;
  /** Minutes ahead of UTC. */
  readonly offset: number;
  /** Milliseconds from 1970 to this time in UTC. */
  readonly inUtc: number;
}

const DATE = String.raw`(\d{4}-\d\d-\d\d)`;
const TIME = String.raw`(?:[T ]\s?(\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?))?`;
const OFFSET = String.raw`(Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?`;
const ISO = new RegExp(`^${DATE}${TIME}\\s?${OFFSET}$`, 'i');

/** Times as Parley writes them, which need no calendar and no time zone. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const MONTHS: readonly string[] = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** The form of HTTP and mail headers, which always name the time zone: https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats */
const HEADER = /^(?:[a-z]{3}, )?(\d{1,2}) ([a-z]{3}) (\d{4}) (\d\d:\d\d(?::\d\d)?) (GMT|UTC|[+-](?:[01]\d|2[0-3])[0-5]\d)$/i;

/**
 * Reads a date as flows and people write it: ISO 8601 with `T` or a space, seconds and offset optional; also the form of HTTP headers.
 *
 * A date without a time means midnight, and a text without an offset is in the time zone `zone`. A time that the clocks skip in spring is
 * moved by what they skip; of a time that they show twice in autumn the first one counts. The time zone of the process plays no part.
 *
 * @returns milliseconds since 1970, or undefined if the value is not a date.
 * @example dateOf('2026-07-01 10:00', { zone: 'Europe/Berlin' }) // 2026-07-01T08:00:00Z
 */
export function dateOf(value: unknown, { zone }: { readonly zone: string }): number | undefined {
  if (typeof value !== 'string') return undefined;
  if (INSTANT.test(value)) return existing(millisOf(value), value);
  const parts = partsOf(value.trim());
  const wall = parts && readUtc(parts);
  if (parts === undefined || wall === undefined) return undefined;
  return parts.offset === undefined ? momentOf(wall, zone) : wall - parts.offset;
}

/** Returns the first moment at which the clocks of a zone show a time; undefined if there is no such zone. */
function momentOf(wall: number, zone: string): number | undefined {
  try {
    // No zone changes its clocks twice within two days.
    const [before, after] = [zoneOffsetAt(wall - DAY, zone), zoneOffsetAt(wall + DAY, zone)];
    const isAfter = before !== after && zoneOffsetAt(wall - before, zone) !== before && zoneOffsetAt(wall - after, zone) === after;
    return wall - (isAfter ? after : before);
  } catch {
    return undefined;
  }
}

/** Returns what the clocks of a time zone show at a moment (milliseconds since 1970). The zone is an IANA name or an offset such as `+05:30`. */
export function wallTimeAt(moment: number, zone: string): WallTime {
  const ahead = zoneOffsetAt(moment, zone);
  const inUtc = moment + ahead;
  // biome-ignore lint/style/noRestrictedGlobals: reads the time given
  const wall = new Date(inUtc);
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
    millisecond: wall.getUTCMilliseconds(),
    weekday: wall.getUTCDay(),
    dayOfYear: (inUtc - wall.setUTCMonth(0, 1)) / DAY + 1,
    offset: Math.floor(ahead / MINUTE),
    inUtc,
  };
}

/** Returns the date in a time zone at a moment, moved by `days`: as ISO date, and its weekday (0 is Sunday). */
export function dayAt(moment: number, zone: string, days: number): { readonly date: string; readonly weekday: number } {
  const { inUtc, weekday } = wallTimeAt(moment, zone);
  return { date: isoTimeAt(inUtc + days * DAY).replace(/T.*/, ''), weekday: (((weekday + days) % 7) + 7) % 7 };
}

/** Returns an ISO date such as `2026-12-25`; undefined if there is no such day. */
export function isoDay(year: number, month: number, day: number): string | undefined {
  const date = `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
  return dateOf(date, { zone: 'UTC' }) === undefined ? undefined : date;
}

/** Writes what the clocks of a time zone show, for people. */
export type WriteDate = (wall: Pick<WallTime, 'inUtc'>) => string;

/**
 * Returns a function that writes dates in a language, with the options of `Intl.DateTimeFormat`. Making one takes a hundred times as long as
 * using it.
 */
export function dateWriter(locale: string, options: Intl.DateTimeFormatOptions): WriteDate {
  // Not every `Intl` accepts offsets as time zones, so it gets the time that the clocks show, as if that were UTC.
  const format = new Intl.DateTimeFormat(knownLocale(locale), { ...options, timeZone: 'UTC' });
  return ({ inUtc }) => format.format(inUtc);
}

/** Returns true if a text is the name of a time zone, such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A date and a time of day as they are written, and how far that is ahead of UTC in milliseconds. */
interface Parts {
  readonly date: string;
  readonly time: string;
  readonly offset?: number | undefined;
}

function partsOf(text: string): Parts | undefined {
  const iso = ISO.exec(text);
  if (iso) {
    const [, date = '', time = '00:00', offset] = iso;
    return { date, time, offset: offset === undefined ? undefined : offsetOf(offset) };
  }
  const [, day, name = '', year, time = '', zone = ''] = HEADER.exec(text) ?? [];
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  if (day === undefined || month === 0) return undefined;
  return { date: `${year}-${twoDigits(month)}-${twoDigits(day)}`, time, offset: offsetOf(zone) };
}

/** Reads a date and a time of day as if the clocks showed UTC; undefined for 30 February and for 25:00. */
function readUtc({ date, time }: Parts): number | undefined {
  const [clock = '', fraction = ''] = time.split(/[.,]/);
  // Clocks do not show leap seconds.
  const shown = `${date}T${clock.length === 5 ? `${clock}:00` : clock.replace(/60$/, '59')}`;
  const second = existing(millisOf(`${shown}Z`), date);
  return second === undefined ? undefined : second + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/** Returns a moment that was read from an ISO date, unless the date does not exist: 30 February would have become 2 March. */
function existing(moment: number, date: string): number | undefined {
  // biome-ignore lint/style/noRestrictedGlobals: reads the time given
  return new Date(moment).getUTCDate() === Number(date.slice(8, 10)) ? moment : undefined;
}

function twoDigits(number: number | string): string {
  return String(number).padStart(2, '0');
}

/** Returns the milliseconds of an offset: `Z`, `GMT`, `+01`, `+0100` or `+01:00`. */
function offsetOf(offset: string): number {
  if (/^[a-z]/i.test(offset)) return 0;
  const [hours, minutes] = [offset.slice(1, 3), offset.slice(3).replace(':', '')];
  return (offset.startsWith('-') ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE;
}

/** Returns a valid language tag in its canonical form, and `en` for an invalid one. */
export function knownLocale(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}
