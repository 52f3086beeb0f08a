import type { Json, NodeCase, NodeOutcome } from '../../src/contract/index.js';

// 2026-11-24 is a Tuesday; the tests begin at 09:00 UTC.
const until = (time: string): NodeOutcome => ({ then: { wait: { for: 'time', until: time } } });
const atOnce: NodeOutcome = { then: { exit: 'next' } };
const clock = (more: { readonly [key: string]: Json }) => ({ until: { zone: 'UTC', ...more } });

export const cases: readonly NodeCase[] = [
  { name: 'so long', params: { for: { value: 2, unit: 'hours' } }, expect: until('2026-11-24T11:00:00.000Z') },
  {
    name: 'when the time is up the flow goes on',
    params: { for: { value: 2, unit: 'hours' } },
    on: { timeout: true },
    expect: atOnce,
  },
  { name: 'until a time that is still to come today', params: clock({ time: '17:30' }), expect: until('2026-11-24T17:30:00.000Z') },
  { name: 'until tomorrow where the time has passed today', params: clock({ time: '08:00' }), expect: until('2026-11-25T08:00:00.000Z') },
  {
    name: 'a time that is just now is the next one, or a loop would not end',
    params: clock({ time: '09:00' }),
    expect: until('2026-11-25T09:00:00.000Z'),
  },
  { name: 'on one of the days', params: clock({ time: '10:00', days: ['mon', 'fri'] }), expect: until('2026-11-27T10:00:00.000Z') },
  {
    name: 'a day of this name that has passed is next week’s',
    params: clock({ time: '08:00', days: ['tue'] }),
    expect: until('2026-12-01T08:00:00.000Z'),
  },
  { name: 'in business hours it does not wait', params: clock({ time: '09:00', to: '17:00' }), expect: atOnce },
  {
    name: 'after business hours it waits for those of the next working day',
    params: clock({ time: '09:00', to: '17:00', days: ['mon', 'tue'] }),
    now: '2026-11-24T17:00:00.000Z',
    expect: until('2026-11-30T09:00:00.000Z'),
  },
  { name: 'hours that go over midnight', params: clock({ time: '22:00', to: '06:00' }), now: '2026-11-24T03:00:00.000Z', expect: atOnce },
  {
    name: 'hours that end when they begin are a whole day',
    params: clock({ time: '09:00', to: '09:00' }),
    now: '2026-11-24T08:59:59.000Z',
    expect: atOnce,
  },
  {
    name: 'in the time zone of the contact',
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
    name: 'a country with several time zones has none: that of the flow is taken',
    params: { until: { time: '15:30' } },
    contact: { identities: ['phone:+12025550123', 'whatsapp:US.abc1'] },
    expect: until('2026-11-24T15:30:00.000Z'),
  },
  {
    name: 'across the change of the clocks the time on the clock counts',
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
    name: 'a time that the clocks jump over comes after the jump, not on the day before',
    params: { until: { time: '00:00', zone: 'America/Santiago' } },
    now: '2026-09-05T20:00:00.000Z',
    expect: until('2026-09-06T04:00:00.000Z'),
  },
  {
    name: 'a contact whose time zone is none has that of the flow',
    params: { until: { time: '10:00' } },
    contact: { timeZone: 'Mars/Olympus' },
    expect: until('2026-11-24T10:00:00.000Z'),
    warnings: ['wait/no-zone'],
  },
  {
    name: 'an hour before an appointment',
    params: { untilDate: '{{ appointment }}', offset: { value: -1, unit: 'hours' } },
    vars: { appointment: '2026-11-25T10:00:00+01:00' },
    expect: until('2026-11-25T08:00:00.000Z'),
  },
  { name: 'a date that has passed is not waited for', params: { untilDate: '2026-11-01' }, expect: atOnce },
  {
    name: 'what is no date is not waited for, and said',
    params: { untilDate: '{{ appointment }}' },
    vars: { appointment: 'soon' },
    expect: atOnce,
    warnings: ['wait/no-date'],
  },
];
