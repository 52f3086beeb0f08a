import type { NodeCase } from '../../src/contract/index.js';

const DAY = '2026-11-25T08:00:00.000Z';
const LATER = '2026-11-24T09:00:30.000Z';
const memory = { endsAt: LATER, remindAt: [], reminded: 0 };
const REMINDERS = ['2026-11-24T09:00:10.000Z', '2026-11-24T09:00:20.000Z'];
const wait = { wait: { for: 'message', until: LATER } } as const;

export const cases: readonly NodeCase[] = [
  {
    name: 'waits 23 hours by default',
    params: {},
    expect: { memory: { ...memory, endsAt: DAY }, then: { wait: { for: 'message', until: DAY } } },
  },
  {
    name: 'waits on one platform, until the timeout',
    params: { platform: 'viber', timeout: { value: 2, unit: 'hours' } },
    expect: {
      memory: { endsAt: '2026-11-24T11:00:00.000Z', remindAt: [], reminded: 0 },
      then: { wait: { for: 'message', platform: 'viber', until: '2026-11-24T11:00:00.000Z' } },
    },
  },
  {
    name: 'waits until a date',
    params: { until: { date: '{{ appointment }}', offset: { value: -2, unit: 'hours' } } },
    vars: { appointment: '2026-12-24T18:00' },
    expect: {
      memory: { endsAt: '2026-12-24T16:00:00.000Z', remindAt: [], reminded: 0 },
      then: { wait: { for: 'message', until: '2026-12-24T16:00:00.000Z' } },
    },
  },
  {
    name: 'waits until the next time of day, in the time zone of the contact',
    params: { until: { time: '18:00' } },
    contact: { timeZone: 'America/New_York' },
    expect: {
      memory: { endsAt: '2026-11-24T23:00:00.000Z', remindAt: [], reminded: 0 },
      then: { wait: { for: 'message', until: '2026-11-24T23:00:00.000Z' } },
    },
  },
  {
    name: 'of a moment and a waiting time, the earlier one counts',
    params: { until: { time: '18:00', zone: 'UTC' }, timeout: { value: 30, unit: 'seconds' } },
    expect: { memory, then: wait },
  },
  {
    name: 'until a date that has passed, nobody is waited for',
    params: { until: { date: '2026-11-24' }, timeoutBranch: true },
    expect: { then: { exit: 'notReplied' } },
  },
  {
    name: 'until a date that is invalid, it waits 23 hours',
    params: { until: { date: '{{ appointment }}' } },
    vars: { appointment: 'soon' },
    expect: { memory: { ...memory, endsAt: DAY }, then: { wait: { for: 'message', until: DAY } } },
    warnings: ['wait/no-date'],
  },
  {
    name: 'the message that started the flow is the answer',
    params: { takeFirst: true, timeout: { value: 30, unit: 'seconds' } },
    lastMessage: { text: 'Hi' },
    opening: true,
    expect: { memory, then: { wait: { for: 'message', until: LATER, takesFirst: true } } },
  },
  {
    name: 'a message that another node has waited for is not taken again',
    params: { takeFirst: true, timeout: { value: 30, unit: 'seconds' } },
    lastMessage: { text: 'Hi' },
    expect: { memory, then: wait },
  },
  {
    name: 'the first message is not taken if it came from another platform',
    params: { takeFirst: true, timeout: { value: 30, unit: 'seconds' }, platform: 'viber' },
    lastMessage: { text: 'Hi' },
    opening: true,
    expect: { memory, then: { wait: { for: 'message', until: LATER, platform: 'viber' } } },
  },
  {
    name: 'a text is saved',
    params: { saveAs: 'a' },
    memory,
    on: { message: { type: 'text', text: 'Ada' } },
    expect: { set: { a: 'Ada' }, then: { exit: 'replied' } },
  },
  {
    name: 'a tap is saved by its title',
    params: { saveAs: 'a' },
    memory,
    on: { message: { type: 'choice', choice: 'yes', title: 'Yes', text: 'Yes' } },
    expect: { set: { a: 'Yes' }, then: { exit: 'replied' } },
  },
  {
    name: 'a location is saved with its coordinates, zero included',
    params: { saveAs: 'a' },
    memory,
    on: { message: { type: 'location', text: '', latitude: 0, longitude: 1 } },
    expect: { set: { a: { type: 'location', latitude: 0, longitude: 1 } }, then: { exit: 'replied' } },
  },
  {
    name: 'an image is saved with its id and type',
    params: { saveAs: 'a' },
    memory,
    on: { message: { type: 'image', text: '', mediaId: '7', mimeType: 'image/png' } },
    expect: { set: { a: { type: 'image', mediaId: '7', mimeType: 'image/png' } }, then: { exit: 'replied' } },
  },
  {
    name: 'a type that is not accepted gets an answer, and the wait goes on until the same time',
    params: { accept: ['image'], notAccepted: 'A picture, please.' },
    memory,
    on: { message: { type: 'text', text: 'no' } },
    expect: { effects: [{ kind: 'send', message: { type: 'text', text: 'A picture, please.' } }], memory, then: wait },
  },
  {
    name: 'a tap is accepted if texts are',
    params: { accept: ['text'] },
    memory,
    on: { message: { type: 'choice', text: 'Yes' } },
    expect: { then: { exit: 'replied' } },
  },
  {
    name: 'a time-out leads out by notReplied if there is that port',
    params: { timeoutBranch: true, saveAs: 'a' },
    memory,
    on: { timeout: true },
    now: LATER,
    expect: { then: { exit: 'notReplied' } },
  },
  {
    name: 'without that port it leads out by replied, with the variable empty',
    params: { saveAs: 'a' },
    memory,
    on: { timeout: true },
    now: LATER,
    expect: { set: { a: '' }, then: { exit: 'replied' } },
  },
  {
    name: 'the wait lasts until the first reminder',
    params: {
      timeout: { value: 30, unit: 'seconds' },
      reminders: [{ after: { value: 10, unit: 'seconds' }, message: { type: 'text', text: 'Still there?' } }],
    },
    expect: {
      memory: { endsAt: LATER, remindAt: ['2026-11-24T09:00:10.000Z'], reminded: 0 },
      then: { wait: { for: 'message', until: '2026-11-24T09:00:10.000Z' } },
    },
  },
  {
    name: 'a reminder at the end of the wait or later is left out',
    params: {
      timeout: { value: 30, unit: 'seconds' },
      timeoutBranch: true,
      reminders: [{ after: { value: 30, unit: 'seconds' }, message: { type: 'text', text: 'Still there?' } }],
    },
    memory: { endsAt: LATER, remindAt: [LATER], reminded: 0 },
    on: { timeout: true },
    now: LATER,
    expect: { then: { exit: 'notReplied' } },
  },
  {
    name: 'a reminder that is due is sent, and the wait goes on to its end',
    params: {
      timeout: { value: 30, unit: 'seconds' },
      reminders: [{ after: { value: 10, unit: 'seconds' }, message: { type: 'text', text: 'Still there?' } }],
    },
    memory: { endsAt: LATER, remindAt: ['2026-11-24T09:00:10.000Z'], reminded: 0 },
    on: { timeout: true },
    now: '2026-11-24T09:00:10.000Z',
    expect: {
      effects: [{ kind: 'send', message: { type: 'text', text: 'Still there?' } }],
      memory: { endsAt: LATER, remindAt: ['2026-11-24T09:00:10.000Z'], reminded: 1 },
      then: wait,
    },
  },
  {
    name: 'of several reminders that are due only the last is sent, whatever their order in the file',
    params: {
      timeout: { value: 30, unit: 'seconds' },
      reminders: [
        { after: { value: 20, unit: 'seconds' }, message: { type: 'text', text: 'two' } },
        { after: { value: 10, unit: 'seconds' }, message: { type: 'text', text: 'one' } },
      ],
    },
    memory: { endsAt: LATER, remindAt: REMINDERS, reminded: 0 },
    on: { timeout: true },
    now: '2026-11-24T09:00:25.000Z',
    expect: {
      effects: [{ kind: 'send', message: { type: 'text', text: 'two' } }],
      memory: { endsAt: LATER, remindAt: REMINDERS, reminded: 2 },
      then: wait,
    },
  },
  {
    name: 'a time-out before the next reminder sends nothing and waits on',
    params: {
      timeout: { value: 30, unit: 'seconds' },
      reminders: [
        { after: { value: 10, unit: 'seconds' }, message: { type: 'text', text: 'one' } },
        { after: { value: 20, unit: 'seconds' }, message: { type: 'text', text: 'two' } },
      ],
    },
    memory: { endsAt: LATER, remindAt: REMINDERS, reminded: 1 },
    on: { timeout: true },
    now: '2026-11-24T09:00:19.000Z',
    expect: {
      effects: [],
      memory: { endsAt: LATER, remindAt: REMINDERS, reminded: 1 },
      then: { wait: { for: 'message', until: '2026-11-24T09:00:20.000Z' } },
    },
  },
];
