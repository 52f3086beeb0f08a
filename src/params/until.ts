import Joi from 'joi';
import {
  type CheckScope,
  type Duration,
  durationMillis,
  type IsoTime,
  isoTimeAt,
  millisOf,
  type NodeProblem,
  type NodeScope,
  plusMillis,
} from '../contract/index.js';
import { dateOf } from '../text/date.js';
import { checkZone } from './check-zone.js';
import { zoneOf } from './contact-zone.js';
import { offset } from './duration.js';
import { closed, described, text } from './fields.js';
import { nextMoment, timeOfDay, zone } from './hours.js';
import { isLiteral } from './literal.js';
import { isDateWithoutOffset, noTimeZone } from './no-time-zone.js';

/** A moment: a date, moved by `offset`, or the next time of day. */
export type Until = { readonly date: string; readonly offset?: Duration } | { readonly time: string; readonly zone: string };

/** Returns the schema of a moment until which something lasts. */
export const until = (label: string, sentence: string): Joi.Schema =>
  described(
    Joi.alternatives(
      closed({
        date: text('Date', 'An ISO date, with or without a time. Without an offset from UTC it is in the time zone of the flow.')
          .required()
          .meta({ example: '{{ appointment }}' }),
        offset: offset('Offset', 'Added to the date; negative for a time before it.'),
      }).label('A date'),
      closed({
        time: described(timeOfDay.required(), 'Time', 'A time of day such as 18:00; the next one counts.'),
        zone,
      }).label('A time of day'),
    ),
    label,
    sentence,
  );

/** Returns the moment, undefined with the warning `wait/no-date` if the date is invalid. */
export function momentOf(until: Until, scope: NodeScope<unknown>): IsoTime | undefined {
  if ('time' in until) return isoTimeAt(nextMoment({ from: until.time }, millisOf(scope.now), zoneOf(until.zone, scope)));
  const date = dateOf(scope.value(until.date), { zone: scope.timeZone });
  if (date === undefined) {
    scope.warn('wait/no-date', 'the date until which an answer is waited for is invalid');
    return undefined;
  }
  return plusMillis(isoTimeAt(date), until.offset ? durationMillis(until.offset) : 0);
}

/** Reports an invalid date, an unknown time zone, and what needs the time zone of a flow that has none. */
export function checkUntil(until: Until | undefined, pointer: string, world: CheckScope): readonly NodeProblem[] {
  if (!until) return [];
  if ('time' in until) {
    if (['contact', 'flow'].includes(until.zone)) return noTimeZone(pointer, 'a time of day is waited for', world);
    return checkZone(until.zone, `${pointer}/zone`);
  }
  const { date } = until;
  if (isLiteral(date) && dateOf(date, { zone: 'UTC' }) === undefined) {
    const hint = 'Write a date such as 2026-12-24 or 2026-12-24T18:30, or a template for one.';
    return [{ pointer: `${pointer}/date`, code: 'wait/no-date', message: `"${date}" is not a date`, hint }];
  }
  return !isLiteral(date) || isDateWithoutOffset(date) ? noTimeZone(`${pointer}/date`, 'a date is waited for', world) : [];
}
