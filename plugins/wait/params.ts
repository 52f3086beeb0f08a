import Joi from 'joi';
import type { Duration } from '../../src/contract/index.js';
import { duration, offset } from '../../src/params/duration.js';
import { closed, described, oneOf, text } from '../../src/params/fields.js';

export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const TITLES = { mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday', sat: 'Saturday', sun: 'Sunday' };

export interface TimeOfDay {
  readonly time: string;
  readonly to?: string;
  readonly days?: readonly (typeof DAYS)[number][];
  readonly zone: string;
}
export interface WaitParams {
  readonly for?: Duration;
  readonly until?: TimeOfDay;
  readonly untilDate?: string;
  readonly offset?: Duration;
}

const time = Joi.string()
  .pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day, such as 09:00')
  .meta({ control: 'time', example: '09:00' });

export const params = closed<WaitParams>({
  for: duration('For', 'A length of time, at most 30 days.'),
  until: described(
    closed<TimeOfDay>({
      time: described(time.required(), 'Time', 'A time of day such as 09:00; the next one counts.'),
      to: described(time, 'To', 'Between the two times the flow goes on at once: business hours.'),
      days: described(Joi.array().items(oneOf(TITLES)).min(1).unique(), 'Days', 'Only these days; every day by default.'),
      zone: described(
        Joi.string().max(64).default('contact'),
        'Time zone',
        'That of the contact (else that of the country of the phone number if it has only one, else that of the flow), that of the flow, or a name such as Europe/Berlin.',
      ).meta({ more: true, control: 'timeZone', titles: { contact: 'Of the contact', flow: 'Of the flow' } }),
    }),
    'Until a time of day',
    'Waits for the next time of day.',
  ),
  untilDate: text(
    'Until a date',
    'An ISO date, with or without a time. Without an offset from UTC it is in the time zone of the flow.',
  ).meta({
    example: '2026-12-24T18:30',
  }),
  offset: offset('Offset', 'Added to the date; negative for a time before it.'),
})
  .xor('for', 'until', 'untilDate')
  .with('offset', 'untilDate');
