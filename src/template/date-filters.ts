import type { Liquid } from 'liquidjs';
import { isoTimeAt } from '../contract/index.js';
import { dateOf, isTimeZone, wallTimeAt } from '../text/date.js';
import { plusUnits, unitOf, unitsBetween } from '../text/date-arithmetic.js';
import { type FilterHandler, fillContextOf } from './bound-filters.js';
import type { FilterTable } from './filter-table.js';
import type { FilterFilling, FilterScope } from './scope.js';
import { type Shown, strftime } from './strftime.js';

const DEFAULT_FORMAT = '%A, %B %-e, %Y at %-l:%M %P %z';

/**
 * Replaces Liquid's date filters. Liquid's own ask the machine for its time, time zone and language; these use the time of the event, and
 * the time zone of the flow and the language of its texts. A value that is not a date is shown unchanged, with the warning `template/no-date`.
 */
export function registerDateFilters(liquid: Liquid): void {
  const formatted = (format: (style: readonly unknown[]) => string, locale?: string): FilterHandler =>
    function (value: unknown, ...style: unknown[]) {
      const { scope, steps } = fillContextOf(this.context);
      const shown = shownOf(value, scope);
      return shown ? strftime(locale === undefined ? shown : { ...shown, locale }, format(style), steps) : value;
    };
  liquid.registerFilter('date', function (...values: unknown[]) {
    return dateFilter(fillContextOf(this.context), ...values);
  });
  liquid.registerFilter(
    'date_to_xmlschema',
    formatted(() => '%Y-%m-%dT%H:%M:%S%:z'),
  );
  liquid.registerFilter(
    'date_to_rfc822',
    formatted(() => '%a, %d %b %Y %H:%M:%S %z', 'en'),
  );
  liquid.registerFilter(
    'date_to_string',
    formatted((style) => longDate('%b', style)),
  );
  liquid.registerFilter(
    'date_to_long_string',
    formatted((style) => longDate('%B', style)),
  );
}

/** The filter `date`: writes a moment in a format of strftime, in the given time zone or that of the flow. */
export function dateFilter({ scope, steps }: FilterFilling, value?: unknown, format?: unknown, zone?: unknown): unknown {
  const shown = shownOf(value, scope, zone);
  return shown ? strftime(shown, format === undefined || format === null ? DEFAULT_FORMAT : String(format), steps) : value;
}

/** Filters that calculate with dates, in the time zone of the flow. */
export const DATE_CALCULATIONS: FilterTable = {
  date_add({ scope }, value, count, unitName) {
    const date = shownOf(value, scope);
    const unit = unitNamed(unitName ?? 'D');
    if (!date) return value;
    const moved = plusUnits(date, Number(count ?? 0) || 0, unit);
    if (moved === undefined) throw new Error('no calendar reaches the date');
    const isDay = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value.trim()) && 'YMWD'.includes(unit);
    return isDay ? dayIn(moved, date.zone) : isoTimeAt(moved);
  },
  date_diff({ scope }, value, other, unitName) {
    const [from, to] = [shownOf(value, scope), shownOf(other, scope)];
    const unit = unitNamed(unitName ?? 'D');
    return from && to ? unitsBetween(from, to.moment, unit) : undefined;
  },
  weekday({ scope }, value) {
    const date = shownOf(value, scope);
    return date && wallTimeAt(date.moment, date.zone).weekday;
  },
  time_of_day({ scope }, value) {
    const date = shownOf(value, scope);
    return date && isoTimeAt(wallTimeAt(date.moment, date.zone).inUtc).slice(11, 16);
  },
};

function dayIn(moment: number, zone: string): string {
  return isoTimeAt(wallTimeAt(moment, zone).inUtc).slice(0, 10);
}

function unitNamed(name: unknown): NonNullable<ReturnType<typeof unitOf>> {
  const unit = unitOf(name);
  if (!unit) throw new Error(`"${String(name).slice(0, 20)}" is not a unit of time: use Y, M, W, D, h, m or s`);
  return unit;
}

function longDate(month: string, [type, style]: readonly unknown[]): string {
  if (type !== 'ordinal') return `%d ${month} %Y`;
  return style === 'US' ? `${month} %-d%q, %Y` : `%-d%q ${month} %Y`;
}

function shownOf(value: unknown, scope: FilterScope, zone?: unknown): Shown | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const moment = momentOf(value, scope);
  if (moment === undefined) {
    scope.warn('template/no-date', `${String(value).slice(0, 80)} is not a date; it is shown unchanged`);
    return undefined;
  }
  return { moment, zone: zoneOf(zone, scope), locale: scope.locale ?? 'en' };
}

/** Reads numbers as seconds since 1970, as Liquid does, and everything else by `dateOf`. */
function momentOf(value: unknown, { now, timeZone }: FilterScope): number | undefined {
  const seconds = typeof value === 'number' ? value : typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
  // Later than the year 9999 no calendar goes.
  if (seconds !== undefined) return Math.abs(seconds) < 253_402_300_800 ? Math.floor(seconds * 1000) : undefined;
  return dateOf(value === 'now' || value === 'today' ? now : value, { zone: timeZone });
}

/** Reads the name of a time zone, or the minutes that it is behind UTC, as in Liquid. Anything else counts as the time zone of the flow. */
function zoneOf(given: unknown, { timeZone, warn }: FilterScope): string {
  if (given === undefined || given === null) return timeZone;
  if (typeof given === 'number' && Math.abs(given) < 1_440) {
    const minutes = Math.abs(given);
    const [hours, rest] = [Math.floor(minutes / 60), Math.floor(minutes % 60)].map((one) => String(one).padStart(2, '0'));
    return `${given > 0 ? '-' : '+'}${hours}:${rest}`;
  }
  if (typeof given === 'string' && isTimeZone(given)) return given;
  warn('template/no-zone', `${String(given).slice(0, 80)} is not a time zone; the time zone of the flow is used`);
  return timeZone;
}
