import { isoTimeAt } from '../contract/index.js';
import { dateOf, isoDay, type WallTime, wallTimeAt } from './date.js';

/** A unit of time, as filters name it: years, months, weeks, days, hours, minutes and seconds. */
export type TimeUnit = 'Y' | 'M' | 'W' | 'D' | 'h' | 'm' | 's';

const MILLIS: Readonly<Record<'h' | 'm' | 's', number>> = { h: 3_600_000, m: 60_000, s: 1_000 };
const DAY = 86_400_000;
const NAMES: Readonly<Record<string, TimeUnit>> = { year: 'Y', month: 'M', week: 'W', day: 'D', hour: 'h', minute: 'm', second: 's' };

/** Reads the name of a unit: `D`, `days` or `day`. Only `M` and `m` differ by their case. */
export function unitOf(name: unknown): TimeUnit | undefined {
  const text = String(name).trim();
  const short = /^[yYMwWdDhHmsS]$/.test(text) ? (SHORT[text] ?? text) : undefined;
  return (short as TimeUnit | undefined) ?? NAMES[text.toLowerCase().replace(/s$/, '')];
}
const SHORT: Readonly<Record<string, TimeUnit>> = { y: 'Y', w: 'W', d: 'D', H: 'h', S: 's' };

/** A date that is moved, or compared with another one. */
interface InZone {
  /** Milliseconds since 1970. */
  readonly moment: number;
  readonly zone: string;
}

/**
 * Returns a date moved by a number of units, undefined if no calendar reaches it. Years, months, weeks and days keep the time of day, also over a
 * change of the clocks; the 31st of a shorter month is its last day.
 */
export function plusUnits({ moment, zone }: InZone, count: number, unit: TimeUnit): number | undefined {
  if (unit === 'h' || unit === 'm' || unit === 's') return inCalendar(moment + Math.round(count * MILLIS[unit]));
  const wall = wallTimeAt(moment, zone);
  const whole = Math.trunc(count);
  const inUtc = unit === 'D' || unit === 'W' ? inCalendar(wall.inUtc + whole * DAY * (unit === 'W' ? 7 : 1)) : undefined;
  const date = unit === 'D' || unit === 'W' ? inUtc && isoTimeAt(inUtc).slice(0, 10) : movedMonth(wall, whole * (unit === 'Y' ? 12 : 1));
  if (!date) return undefined;
  return dateOf(`${date}T${isoTimeAt(((wall.inUtc % DAY) + DAY) % DAY).slice(11, 23)}`, { zone });
}

/** Returns how many whole units are between two dates; negative if the other one is earlier. Days are those of the calendar. */
export function unitsBetween({ moment, zone }: InZone, other: number, unit: TimeUnit): number {
  if (unit === 'h' || unit === 'm' || unit === 's') return Math.trunc((other - moment) / MILLIS[unit]);
  const [from, to] = [wallTimeAt(moment, zone), wallTimeAt(other, zone)];
  if (unit === 'D' || unit === 'W') {
    const days = Math.floor(to.inUtc / DAY) - Math.floor(from.inUtc / DAY);
    return unit === 'D' ? days : Math.trunc(days / 7);
  }
  const months = wholeMonths(from, to);
  return unit === 'M' ? months : Math.trunc(months / 12);
}

function wholeMonths(from: WallTime, to: WallTime): number {
  if (to.inUtc < from.inUtc) return -wholeMonths(to, from) || 0;
  const months = (to.year - from.year) * 12 + to.month - from.month;
  const inMonth = (wall: WallTime) => wall.day * DAY + (((wall.inUtc % DAY) + DAY) % DAY);
  return inMonth(to) < inMonth(from) ? months - 1 : months;
}

function movedMonth({ year, month, day }: WallTime, months: number): string | undefined {
  const count = year * 12 + month - 1 + months;
  const [newYear, newMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  if (newYear < 0 || newYear > 9_999) return undefined;
  // The last days of a month are not in all months.
  return [day, 30, 29, 28].filter((one) => one <= day).flatMap((one) => isoDay(newYear, newMonth, one) ?? [])[0];
}

/** Returns a moment unless it is before the year 0 or after the year 9999. */
function inCalendar(moment: number): number | undefined {
  return moment > -62_167_219_200_000 && moment < 253_402_300_800_000 ? moment : undefined;
}
