import type { Chrono, Component, ParsedResult, ParsingReference } from 'chrono-node/en';
import { type IsoTime, isoTimeAt, millisOf } from '../contract/index.js';
import { clearDates } from './clear-dates.js';
import { dateOf, isoDay, type WallTime, wallTimeAt } from './date.js';
import { inEnglish } from './date-words.js';
import { asciiDigits, compatible, withoutInvisible } from './fold.js';
import { loadChrono } from './load-later.js';
import { dayOfYear, gregorianYear, isDayFirst, withIsoDates } from './numeric-dates.js';

/** When, where and in which language a date was written. */
export interface DateWriter {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The writer's time zone. */
  readonly zone: string;
  /** The writer's language, else that of the flow (BCP 47). */
  readonly language?: string | undefined;
  readonly locale?: string | undefined;
  /** The writer's country (ISO 3166), if the language does not name one: in `en-US`, 12/25 is the 25th of December. */
  readonly region?: string | undefined;
  /** Whether 12 May and Friday mean the next one (the default) or the last one. */
  readonly means?: 'next' | 'last';
}

/** A date that was found in a text. */
export interface FoundDate {
  /** With a time of day, the moment as ISO time in UTC; without, the ISO date. `dateOf` reads both. */
  readonly date: IsoTime;
  /** The time of day that was written, such as `17:00`. */
  readonly time?: string;
}

/** In characters. To read a text takes chrono-node time by the square of its length. */
const MAX_LENGTH = 200;
/** The maximum of dates that are returned. */
const MAX_DATES = 20;
/** Words by which a weekday is meant that has been. */
const PAST =
  /(?<!\p{L})(?:last|past|previous|letzte|vorige|vergangene|pasad|últim|dernier|passé|passad|scors|vorig|afgelopen|прошл|минул|förra|viime)|الماضي/iu;
/** A time at which no time zone changes its clocks, in milliseconds. */
const QUIET = millisOf('2026-01-15T12:00:00.000Z');

/**
 * Finds dates and times in a text as people write them: `tomorrow at 5`, `25.12.`, `nächsten Freitag`, `12/25`, `2026-12-25 17:00`. A date
 * without a year, and a weekday, is the next one. A month or a year alone is not a date. Only the first 200 characters are searched.
 *
 * @example datesIn('morgen um 17 Uhr', { now, zone: 'Europe/Berlin', language: 'de' }) // [{ date: '2026-11-25T16:00:00.000Z', time: '17:00' }]
 */
export function datesIn(text: string, writer: DateWriter): readonly FoundDate[] {
  const plain = asciiDigits(withoutInvisible(compatible(text.slice(0, 4 * MAX_LENGTH))))
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, MAX_LENGTH);
  const moment = dateOf(plain, writer);
  if (moment !== undefined) return [plain.length === 10 ? { date: plain } : foundAt(moment, writer)];
  const wall = wallTimeAt(writer.now, writer.zone);
  const isForward = writer.means !== 'last' && !PAST.test(plain);
  const search: Search = { ...writer, wall, isForward };
  const numeric = withIsoDates(plain, { isDayFirst: isDayFirst(writer), today: wall, means: writer.means ?? 'next' });
  return unique(searched(numeric, search)).slice(0, MAX_DATES);
}

/** Finds the times of day in a text, such as `17:00`, in 24 hours. Only the first 200 characters are searched. */
export function timesIn(text: string, writer: DateWriter): readonly string[] {
  return datesIn(text, writer).flatMap(({ time }) => time ?? []);
}

interface Search extends DateWriter {
  /** What the clocks of the writer show. */
  readonly wall: WallTime;
  readonly isForward: boolean;
}

/** Reads a text in the writer's language, or else as English. */
function searched(text: string, search: Search): readonly FoundDate[] {
  const { language, locale } = search;
  const code = (language ?? locale ?? 'en').slice(0, 2).toLowerCase();
  const own = loadChrono(code);
  const clear = code === 'en' ? text : clearDates(text, code, search);
  const dates = own ? parsed(own, clear, search) : [];
  if (dates.length > 0 || code === 'en') return dates;
  const english = loadChrono('en');
  return english ? parsed(english, own ? clear : inEnglish(clear, code), search) : [];
}

function parsed(chrono: Chrono, text: string, search: Search): readonly FoundDate[] {
  const options = { forwardDate: search.isForward };
  // The writer's clock is given as if it showed UTC, so the time zone of the process plays no part.
  const results = chrono.parse(text, reference(search.wall.inUtc), options);
  const quiet = results.some(isExactlyRelative) ? chrono.parse(text, reference(QUIET), options) : [];
  const found = results.flatMap((result): readonly Found[] => {
    if (!isExactlyRelative(result)) {
      const date = dateOfResult(result, search);
      return date ? [date] : [];
    }
    const same = quiet.find(({ index }) => index === result.index);
    return same ? [foundAt(search.now + same.start.date().getTime() - QUIET, search)] : [];
  });
  return joined(found, search);
}

/** A date that was found. `isTimeAlone`: the day is the next one with this time. */
type Found = FoundDate & { readonly isTimeAlone?: true };

/** Joins a day and a time that stand apart, as in "jutro o 17:00". */
function joined(found: readonly Found[], { zone }: Search): readonly FoundDate[] {
  const [day] = found.filter(({ time }) => time === undefined);
  const [clock] = found.filter(({ isTimeAlone }) => isTimeAlone);
  const moment = found.length === 2 && day && clock ? dateOf(`${day.date}T${clock.time}`, { zone }) : undefined;
  if (moment !== undefined && clock?.time !== undefined) return [{ date: isoTimeAt(moment), time: clock.time }];
  return found.map(({ date, time }) => ({ date, ...(time === undefined ? {} : { time }) }));
}

function reference(inUtc: number): ParsingReference {
  // biome-ignore lint/style/noRestrictedGlobals: reads the time given
  return { instant: new Date(inUtc), timezone: 0 };
}

/** Returns whether a result is so many hours or minutes from now, or now itself. */
function isExactlyRelative({ start }: ParsedResult): boolean {
  const tags = start.tags();
  return tags.has('result/relativeDateAndTime') || tags.has('casualReference/now');
}

/** Returns the date that a result means; undefined if neither a day nor a time was written. */
function dateOfResult({ start }: ParsedResult, { wall, zone, means = 'next' }: Search): Found | undefined {
  const isCertain = (part: Component) => start.isCertain(part);
  const hasDay = isCertain('day') || isCertain('weekday') || [...start.tags()].some((tag) => /relativeDate|casualReference/.test(tag));
  if (!hasDay && !isCertain('hour')) return undefined;
  const at = (part: Component) => start.get(part) ?? 0;
  const isYearOpen = !isCertain('year') && isCertain('day') && isCertain('month');
  const date = isYearOpen
    ? dayOfYear(at('month'), at('day'), { today: wall, means })
    : isoDay(gregorianYear(at('year')), at('month'), at('day'));
  if (date === undefined) return undefined;
  if (!isCertain('hour')) return { date };
  const time = `${twoDigits(at('hour'))}:${twoDigits(at('minute'))}`;
  const offset = start.get('timezoneOffset');
  const moment = dateOf(`${date}T${time}:${twoDigits(at('second'))}`, {
    zone: isCertain('timezoneOffset') && offset !== null ? offsetName(offset) : zone,
  });
  return moment === undefined ? undefined : { date: isoTimeAt(moment), time, ...(hasDay ? {} : { isTimeAlone: true }) };
}

function foundAt(moment: number, { zone }: DateWriter): FoundDate {
  const { hour, minute } = wallTimeAt(moment, zone);
  return { date: isoTimeAt(moment), time: `${twoDigits(hour)}:${twoDigits(minute)}` };
}

/** Returns the name of an offset in minutes, such as `+05:30`. */
function offsetName(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function unique(dates: readonly FoundDate[]): readonly FoundDate[] {
  return dates.filter(({ date }, i) => dates.findIndex((other) => other.date === date) === i);
}
