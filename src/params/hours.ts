import Joi from 'joi';
import type { Json } from '../contract/index.js';
import { isObject } from '../contract/json/json-members.js';
import { dateOf, dayAt, isTimeZone } from '../text/date.js';
import { closed, described, oneOf, text } from './fields.js';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const TITLES = { mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday', sat: 'Saturday', sun: 'Sunday' };

/** A day of the week as flow files write it. */
export type Day = (typeof DAYS)[number];

/** Hours of some days: from `from` until just before `to`. With `to` before `from` they go over midnight; if both are equal, they last a day. */
export interface Hours {
  /** Every day if it is left out. A span over midnight belongs to the day on which it begins. */
  readonly days?: readonly Day[];
  readonly from: string;
  readonly to: string;
  /** `contact`, `flow`, or a name such as `Europe/Berlin`. */
  readonly zone: string;
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

const END = /^(?:([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** A time of day such as `09:00`. */
export const timeOfDay: Joi.StringSchema = Joi.string()
  .pattern(CLOCK, 'a time of day, such as 09:00')
  .meta({ control: 'time', example: '09:00' });

/** When a span ends: a time of day, or `24:00`, which is the midnight at the end of the day. */
export const endOfSpan: Joi.StringSchema = Joi.string()
  .pattern(END, 'a time of day, such as 17:00')
  .meta({ control: 'time', example: '17:00' });

/** Days of the week. */
export const days: Joi.ArraySchema = described(
  Joi.array().items(oneOf(TITLES)).min(1).unique(),
  'Days',
  'Only these days; every day by default.',
);

/** A time zone: that of the contact by default. `zoneOf` finds it. */
export const zone: Joi.StringSchema = described(
  Joi.string().max(64).default('contact'),
  'Time zone',
  'That of the contact (else that of the country of the phone number if it has only one, else that of the flow), that of the flow, or a name such as Europe/Berlin.',
).meta({ more: true, control: 'timeZone', titles: { contact: 'Of the contact', flow: 'Of the flow' } });

const span = closed<Hours>({
  days,
  from: described(timeOfDay.default('00:00'), 'From', 'When they begin, such as 09:00; at midnight by default.'),
  to: described(
    endOfSpan.default('24:00'),
    'To',
    'When they end, such as 17:00; at midnight by default. An earlier time than the beginning is on the next day.',
  ),
  zone,
});
const MAX_SPANS = 20;

/** Hours: one span, or several, such as before and after a break. */
export const hours = (label: string, sentence: string): Joi.Schema =>
  described(
    Joi.alternatives(
      described(span, 'The same every day', 'One span of time.'),
      described(Joi.array().items(span.label('Span')).min(1).max(MAX_SPANS), 'Several spans', 'Such as before and after a break.'),
    ),
    label,
    sentence,
  ).meta({ control: 'hours' });

/** Hours, or a template for a variable with them. */
export const hoursOrText = (label: string, sentence: string): Joi.Schema =>
  Joi.alternatives(hours(label, sentence), text('A variable', 'A template for hours in a variable.'));

/** Reads hours that an expression gave, by the rules of the schema; undefined if they are invalid. */
export function readHours(value: Json | undefined): readonly Hours[] | undefined {
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value];
  const spans = list.flatMap((one) => readSpan(one) ?? []);
  return spans.length === list.length && spans.length > 0 && spans.length <= MAX_SPANS ? spans : undefined;
}

function readSpan(value: Json | undefined): Hours | undefined {
  if (!isObject(value)) return undefined;
  const { days: named, from = '00:00', to = '24:00', zone: place = 'contact' } = value;
  if (!['days', 'from', 'to'].some((name) => name in value)) return undefined;
  if (!isClock(from) || !isEnd(to) || typeof place !== 'string') return undefined;
  if (named === undefined) return { from, to, zone: place };
  return Array.isArray(named) && named.every(isDay) ? { days: named, from, to, zone: place } : undefined;
}

function isClock(value: Json | undefined): value is string {
  return typeof value === 'string' && CLOCK.test(value);
}

function isEnd(value: Json | undefined): value is string {
  return typeof value === 'string' && END.test(value);
}

function isDay(value: unknown): value is Day {
  return DAYS.some((day) => day === value);
}

/** A time of day on some days, in one time zone; with `to` the span until then. */
export interface Occasion {
  readonly from: string;
  readonly to?: string | undefined;
  readonly days?: readonly Day[] | undefined;
}

/**
 * Returns the next moment at which the clocks of a zone show `from`, on one of the days; `now` itself between `from` and `to`. In
 * milliseconds since 1970.
 */
export function nextMoment({ from, to: end, days: named }: Occasion, now: number, zoneName: string): number {
  // An end that is not after the beginning is on the next day, so 24:00 is 00:00 of that day.
  const to = end === '24:00' ? '00:00' : end;
  const momentOn = (day: number, clock: string) => dateOf(`${dayAt(now, zoneName, day).date}T${clock}`, { zone: zoneName }) ?? now;
  // Yesterday's span may still last; in a week every day has come, and one more where today's time has just passed.
  for (let day = -1; day <= 8; day += 1) {
    const name = DAYS[dayAt(now, zoneName, day).weekday];
    if (named && (name === undefined || !named.includes(name))) continue;
    const begin = momentOn(day, from);
    if (begin > now) return begin;
    if (to !== undefined && now < momentOn(to <= from ? day + 1 : day, to)) return now;
  }
  return now;
}

/** Returns whether a moment is within hours in a zone. */
export function isWithin(span: Occasion, moment: number, zoneName: string): boolean {
  return isTimeZone(zoneName) && nextMoment(span, moment, zoneName) === moment;
}
