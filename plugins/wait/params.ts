import type { Duration } from '../../src/contract/index.js';
import { duration, offset } from '../../src/params/duration.js';
import { closed, described, text } from '../../src/params/fields.js';
import { type Day, days, endOfSpan, type Hours, hours, timeOfDay, zone } from '../../src/params/hours.js';

export interface TimeOfDay {
  readonly time: string;
  readonly to?: string;
  readonly days?: readonly Day[];
  readonly zone: string;
}
export interface WaitParams {
  readonly for?: Duration;
  readonly until?: TimeOfDay;
  readonly businessHours?: Hours | readonly Hours[];
  readonly untilDate?: string;
  readonly offset?: Duration;
}

export const params = closed<WaitParams>({
  for: duration('For', 'A length of time, at most 30 days.'),
  until: described(
    closed<TimeOfDay>({
      time: described(timeOfDay.required(), 'Time', 'A time of day such as 09:00; the next one counts.'),
      to: described(endOfSpan, 'To', 'Between the two times the flow goes on at once.'),
      days,
      zone,
    }),
    'Until a time of day',
    'Waits for the next time of day.',
  ),
  businessHours: hours('Until business hours', 'Waits until business hours begin; within them the flow goes on at once.'),
  untilDate: text(
    'Until a date',
    'An ISO date, with or without a time. Without an offset from UTC it is in the time zone of the flow.',
  ).meta({
    example: '2026-12-24T18:30',
  }),
  offset: offset('Offset', 'Added to the date; negative for a time before it.'),
})
  .xor('for', 'until', 'businessHours', 'untilDate')
  .with('offset', 'untilDate');
