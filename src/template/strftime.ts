import { dateWriter, type WallTime, type WriteDate, wallTimeAt } from '../text/date.js';
import type { Steps } from './steps.js';

/** A moment to be shown, and where it is shown. */
export interface Shown {
  /** Milliseconds since 1970. */
  readonly moment: number;
  readonly zone: string;
  readonly locale: string;
}

/** The maximum width of a padded value. No number or name is longer, and a larger width would only fill memory. */
const MAX_WIDTH = 100;
const DIRECTIVE = /%([-_0^#:]*)(\d*)(?:[EO]?)([A-Za-z%])/g;
/** The number of digits that a value is padded to with zeros. */
const WIDTHS: Readonly<Record<string, number>> = { C: 2, d: 2, H: 2, I: 2, j: 3, L: 3, m: 2, M: 2, S: 2, U: 2, W: 2, y: 2, Y: 4 };
/** The same, with spaces. */
const BLANK_WIDTHS: Readonly<Record<string, number>> = { e: 2, k: 2, l: 2 };

/** Steps to find the wall time of a time zone. */
const CLOCK = 1_000;
/** Steps to write a number. */
const DIGITS = 10;
/** Steps to write a name in the language of the flow. */
const NAME = 3_000;
const NAMED: ReadonlySet<string> = new Set('aAbBchxX');

type Write = (wall: WallTime, shown: Shown) => string | number;

/** Writes names. The writer of the latest language is kept, because making one takes as long as the rest of a turn. */
function intl(options: Intl.DateTimeFormatOptions): Write {
  let latest: { readonly locale: string; readonly write: WriteDate } | undefined;
  return (wall, { locale }) => {
    if (latest?.locale !== locale) latest = { locale, write: dateWriter(locale, options) };
    return latest.write(wall);
  };
}
const twelve: Write = ({ hour }) => hour % 12 || 12;

const DIRECTIVES: Readonly<Record<string, Write>> = {
  a: intl({ weekday: 'short' }),
  A: intl({ weekday: 'long' }),
  b: intl({ month: 'short' }),
  h: intl({ month: 'short' }),
  B: intl({ month: 'long' }),
  c: intl({ dateStyle: 'medium', timeStyle: 'medium' }),
  C: ({ year }) => Math.floor(year / 100),
  d: ({ day }) => day,
  e: ({ day }) => day,
  F: ({ year, month, day }) => `${year}-${two(month)}-${two(day)}`,
  H: ({ hour }) => hour,
  I: twelve,
  j: ({ dayOfYear }) => dayOfYear,
  k: ({ hour }) => hour,
  l: twelve,
  L: ({ millisecond }) => millisecond,
  m: ({ month }) => month,
  M: ({ minute }) => minute,
  n: () => '\n',
  N: ({ millisecond }) => `${String(millisecond).padStart(3, '0')}000000`,
  p: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  P: ({ hour }) => (hour < 12 ? 'am' : 'pm'),
  q: ({ day }) => ordinal(day),
  R: ({ hour, minute }) => `${two(hour)}:${two(minute)}`,
  s: (_, { moment }) => Math.floor(moment / 1000),
  S: ({ second }) => second,
  t: () => '\t',
  T: ({ hour, minute, second }) => `${two(hour)}:${two(minute)}:${two(second)}`,
  u: ({ weekday }) => weekday || 7,
  U: (wall) => weekOfYear(wall, 0),
  w: ({ weekday }) => weekday,
  W: (wall) => weekOfYear(wall, 1),
  x: intl({ dateStyle: 'short' }),
  X: intl({ timeStyle: 'medium' }),
  y: ({ year }) => year % 100,
  Y: ({ year }) => year,
  Z: (_, { zone }) => zone,
  '%': () => '%',
};

/**
 * Formats a moment by the directives of Ruby's and Liquid's `strftime`, names in the language of `shown`. What is not a directive stays.
 * https://ruby-doc.org/core/strftime_formatting_rdoc.html
 */
export function strftime(shown: Shown, format: string, steps: Steps): string {
  steps.spend(CLOCK);
  const wall = wallTimeAt(shown.moment, shown.zone);
  return format.replace(DIRECTIVE, (input: string, flags: string, width: string, directive: string) => {
    if (directive === 'z') return offsetOf(wall.offset, flags.includes(':'));
    const write = Object.hasOwn(DIRECTIVES, directive) ? DIRECTIVES[directive] : undefined;
    if (!write) return input;
    if (Number(width) > MAX_WIDTH) throw new Error(`%${width}${directive} is wider than ${MAX_WIDTH}`);
    steps.spend(NAMED.has(directive) ? NAME : DIGITS);
    return padded(cased(String(write(wall, shown)), flags), { directive, flags, width: Number(width) });
  });
}

function padded(
  text: string,
  { directive, flags, width }: { readonly directive: string; readonly flags: string; readonly width: number },
): string {
  if (directive === 'N') return text.slice(0, width || 9);
  if (flags.includes('-')) return text;
  const isBlank = (flags.includes('_') || !Object.hasOwn(WIDTHS, directive)) && !flags.includes('0');
  return text.padStart(width || WIDTHS[directive] || BLANK_WIDTHS[directive] || 0, isBlank ? ' ' : '0');
}

function cased(text: string, flags: string): string {
  if (flags.includes('^')) return text.toUpperCase();
  if (!flags.includes('#')) return text;
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

/** `+0530`, or `+05:30`. */
function offsetOf(offset: number, hasColon: boolean): string {
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${hasColon ? ':' : ''}${two(minutes % 60)}`;
}

/** Returns the week of the year. Days before the year's first Sunday (`firstDay` 0) or Monday (1) are in week 0. */
function weekOfYear({ dayOfYear, weekday }: WallTime, firstDay: number): number {
  return Math.floor((dayOfYear - 1 - ((weekday - firstDay + 7) % 7) + 7) / 7);
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th';
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
