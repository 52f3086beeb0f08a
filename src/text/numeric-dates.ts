import { isoDay, type WallTime } from './date.js';

/** How dates in digits are read. */
interface NumericReading {
  /** Whether 3/4 is the third of April. */
  readonly isDayFirst: boolean;
  readonly today: Pick<WallTime, 'year' | 'month' | 'day'>;
  /** Whether a date without a year is the next one or the last one. */
  readonly means: 'next' | 'last';
}

const YEAR_FIRST = String.raw`(?<y>\d{4})(?<s>[./-])(?<m>\d{1,2})\k<s>(?<d>\d{1,2})`;
const YEAR_LAST = String.raw`(?<a>\d{1,2})\s?(?<mark>[./-])\s?(?<b>\d{1,2})\s?\k<mark>\s?(?<year>\d{4}|\d{2})`;
/** 25.12. or 25/12. Without the second point, 25.12 is a date only if nothing else is written: it may be a price or a time. */
const NO_YEAR = String.raw`(?<c>\d{1,2})(?:\.\s?(?<e>\d{1,2})\.|/(?<f>\d{1,2}))`;
const DATE = new RegExp(String.raw`(?<![\d.,:/+-])(?:${YEAR_FIRST}|${YEAR_LAST}|${NO_YEAR})(?!\d|[:/]\d)`, 'gu');

/**
 * Replaces dates in digits by ISO dates, and those that do not exist by a sign that nobody reads as a date.
 *
 * @example withIsoDates('am 25.12. um 17 Uhr', …) // am 2026-12-25 um 17 Uhr
 */
export function withIsoDates(text: string, reading: NumericReading): string {
  const dotted = /^(\d{1,2})\.(\d{1,2})$/.exec(text) ? `${text}.` : text;
  return dotted.replace(DATE, (...found) => {
    const { y, m, d, a, b, year, c, e, f } = found.at(-1) as Record<string, string | undefined>;
    if (y !== undefined) return written(yearOf(y), Number(m), Number(d));
    const [month, day] = inOrder(Number(a ?? c), Number(b ?? e ?? f), reading);
    return year === undefined ? (dayOfYear(month, day, reading) ?? NO_DATE) : written(yearOf(year), month, day);
  });
}

const NO_DATE = '¤';

/** Returns the year of a year that may be of the Thai calendar, which is 543 years ahead. */
export function gregorianYear(year: number): number {
  return year >= 2400 && year < 2700 ? year - 543 : year;
}

/** Returns whether the day is before the month where a person's language is spoken: not in the USA, China and Japan. */
export function isDayFirst({
  language,
  locale,
  region,
}: {
  readonly language?: string | undefined;
  readonly locale?: string | undefined;
  readonly region?: string | undefined;
}): boolean {
  const tag = (language ?? locale ?? 'en').replaceAll('_', '-');
  try {
    const { language: spoken, region: named = region } = new Intl.Locale(tag);
    const format = new Intl.DateTimeFormat(named === undefined ? tag : `${spoken}-${named}`, { month: 'numeric', day: 'numeric' });
    return format.formatToParts(0).find(({ type }) => type === 'day' || type === 'month')?.type === 'day';
  } catch {
    return true;
  }
}

/** Returns month and day. An order that gives no month, as in 12/25, is turned round. */
function inOrder(first: number, second: number, { isDayFirst }: NumericReading): readonly [month: number, day: number] {
  const isTurned = isDayFirst ? second > 12 && first <= 12 : first > 12 && second <= 12;
  return isDayFirst === isTurned ? [first, second] : [second, first];
}

function yearOf(year: string): number {
  const number = Number(year);
  return year.length === 2 ? number + (number > 50 ? 1900 : 2000) : gregorianYear(number);
}

/** Returns the next day of this month and number, or the last one; today is both. Undefined if there is no such day. */
export function dayOfYear(month: number, day: number, { today, means }: Pick<NumericReading, 'today' | 'means'>): string | undefined {
  const isToday = month === today.month && day === today.day;
  const isLater = month > today.month || (month === today.month && day > today.day);
  const step = means === 'next' ? 1 : -1;
  const first = today.year + (isToday || isLater === (means === 'next') ? 0 : step);
  // The 29th of February is in one of four years.
  return [0, 1, 2, 3].map((n) => isoDay(first + n * step, month, day)).find((date) => date !== undefined);
}

function written(year: number, month: number, day: number): string {
  return isoDay(year, month, day) ?? NO_DATE;
}
