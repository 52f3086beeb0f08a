import type { Json, NodeCase, NodeOutcome } from '../../src/contract/index.js';

// 2026-11-24 is a Tuesday; the tests begin at 09:00 UTC.
const until = (time: string): NodeOutcome => ({ then: { wait: { for: 'time', until: time } } });
const atOnce: NodeOutcome = { then: { exit: 'next' } };
const clock = (more: { readonly [key: string]: Json }) => ({ until: { zone: 'UTC', ...more } });

export const cases: readonly NodeCase[] = [
  { name: 'waits for a length of time', params: { for: { value: 2, unit: 'hours' } }, expect: until('2026-11-24T11:00:00.000Z') },
  {
    name: 'when the time is up the flow goes on',
    params: { for: { value: 2, unit: 'hours' } },
    on: { timeout: true },
    expect: atOnce,
  },
  { name: 'waits until a time today', params: clock({ time: '17:30' }), expect: until('2026-11-24T17:30:00.000Z') },
  {
    name: 'waits until tomorrow if the time has passed today',
    params: clock({ time: '08:00' }),
    expect: until('2026-11-25T08:00:00.000Z'),
  },
  {
    name: 'waits until tomorrow if the time is now, or a loop would not end',
    params: clock({ time: '09:00' }),
    expect: until('2026-11-25T09:00:00.000Z'),
  },
  {
    name: 'waits until the next of the days',
    params: clock({ time: '10:00', days: ['mon', 'fri'] }),
    expect: until('2026-11-27T10:00:00.000Z'),
  },
  {
    name: 'waits until next week if the time of the day has passed',
    params: clock({ time: '08:00', days: ['tue'] }),
    expect: until('2026-12-01T08:00:00.000Z'),
  },
  { name: 'in business hours it does not wait', params: clock({ time: '09:00', to: '17:00' }), expect: atOnce },
  {
    name: 'after business hours it waits until those of the next working day',
    params: clock({ time: '09:00', to: '17:00', days: ['mon', 'tue'] }),
    now: '2026-11-24T17:00:00.000Z',
    expect: until('2026-11-30T09:00:00.000Z'),
  },
  {
    name: 'business hours may go over midnight',
    params: clock({ time: '22:00', to: '06:00' }),
    now: '2026-11-24T03:00:00.000Z',
    expect: atOnce,
  },
  {
    name: 'business hours that end when they begin last a whole day',
    params: clock({ time: '09:00', to: '09:00' }),
    now: '2026-11-24T08:59:59.000Z',
    expect: atOnce,
  },
  {
    name: 'within business hours it does not wait',
    params: { businessHours: { days: ['mon', 'tue'], from: '09:00', to: '17:00', zone: 'UTC' } },
    expect: atOnce,
  },
  {
    name: 'hours without times are whole days',
    params: { businessHours: { days: ['wed'], zone: 'UTC' } },
    now: '2026-11-27T09:00:00.000Z',
    expect: until('2026-12-02T00:00:00.000Z'),
  },
  {
    name: 'hours that end at 24:00 last until midnight',
    params: { businessHours: { days: ['mon', 'tue'], from: '00:00', to: '24:00', zone: 'UTC' } },
    expect: atOnce,
  },
  {
    name: 'until business hours of the next working day, in the time zone of the contact',
    params: { businessHours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' } },
    contact: { timeZone: 'Asia/Tokyo' },
    now: '2026-11-27T09:00:00.000Z',
    expect: until('2026-11-30T00:00:00.000Z'),
  },
  {
    name: 'of several spans the next one counts',
    params: {
      businessHours: [
        { from: '09:00', to: '12:00', zone: 'UTC' },
        { from: '13:00', to: '17:00', zone: 'UTC' },
      ],
    },
    now: '2026-11-24T12:30:00.000Z',
    expect: until('2026-11-24T13:00:00.000Z'),
  },
  {
    name: 'business hours begin at the same time of day after the clocks have changed',
    params: { businessHours: { days: ['mon'], from: '09:00', to: '17:00', zone: 'Europe/Berlin' } },
    now: '2026-03-27T12:00:00.000Z',
    expect: until('2026-03-30T07:00:00.000Z'),
  },
  {
    name: 'business hours that begin in the hour that clocks skip begin after it',
    params: { businessHours: { from: '02:30', to: '06:00', zone: 'Europe/Berlin' } },
    now: '2026-03-29T00:00:00.000Z',
    expect: until('2026-03-29T01:30:00.000Z'),
  },
  {
    name: 'business hours that end in the hour that clocks show twice end the first time',
    params: { businessHours: { from: '00:00', to: '02:30', zone: 'Europe/Berlin' } },
    now: '2026-10-25T00:45:00.000Z',
    expect: until('2026-10-25T23:00:00.000Z'),
  },
  {
    name: 'a time of day is in the time zone of the contact',
    params: { until: { time: '09:00' } },
    contact: { timeZone: 'America/New_York' },
    expect: until('2026-11-24T14:00:00.000Z'),
  },
  {
    name: "without a time zone of the contact, in that of the number's country",
    params: { until: { time: '15:30' } },
    contact: { identities: ['viber:a:b', 'whatsapp:919876543210'] },
    expect: until('2026-11-24T10:00:00.000Z'),
  },
  {
    name: "the contact's own time zone counts more than that of the number",
    params: { until: { time: '15:30' } },
    contact: { identities: ['phone:+919876543210'], timeZone: 'Asia/Tokyo' },
    expect: until('2026-11-25T06:30:00.000Z'),
  },
  {
    name: 'for a country with several time zones the time zone of the flow is used',
    params: { until: { time: '15:30' } },
    contact: { identities: ['phone:+12025550123', 'whatsapp:US.abc1'] },
    expect: until('2026-11-24T15:30:00.000Z'),
  },
  {
    name: 'the time of day counts when the clocks change',
    params: { until: { time: '09:00', zone: 'Europe/Berlin' } },
    now: '2026-10-24T12:00:00.000Z',
    expect: until('2026-10-25T08:00:00.000Z'),
  },
  {
    name: 'a time that the clocks show twice is the first of the two',
    params: { until: { time: '02:30', zone: 'Europe/Berlin' } },
    now: '2026-10-24T12:00:00.000Z',
    expect: until('2026-10-25T00:30:00.000Z'),
  },
  {
    name: 'a time that the clocks skip is after the skip, not on the day before',
    params: { until: { time: '00:00', zone: 'America/Santiago' } },
    now: '2026-09-05T20:00:00.000Z',
    expect: until('2026-09-06T04:00:00.000Z'),
  },
  {
    name: 'for a contact with an invalid time zone that of the flow is used',
    params: { until: { time: '10:00' } },
    contact: { timeZone: 'Mars/Olympus' },
    expect: until('2026-11-24T10:00:00.000Z'),
    warnings: ['wait/no-zone'],
  },
  {
    name: 'waits until an hour before a date',
    params: { untilDate: '{{ appointment }}', offset: { value: -1, unit: 'hours' } },
    vars: { appointment: '2026-11-25T10:00:00+01:00' },
    expect: until('2026-11-25T08:00:00.000Z'),
  },
  { name: 'does not wait for a date that has passed', params: { untilDate: '2026-11-01' }, expect: atOnce },
  {
    name: 'does not wait for an invalid date, with a warning',
    params: { untilDate: '{{ appointment }}' },
    vars: { appointment: 'soon' },
    expect: atOnce,
    warnings: ['wait/no-date'],
  },
];
