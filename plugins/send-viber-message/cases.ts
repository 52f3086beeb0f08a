import type { NodeCase } from '../../src/contract/index.js';

const IN_TEN_MINUTES = '2026-11-24T09:10:00.000Z';
const hello = { type: 'text', text: 'Hello' } as const;
const params = { action: 'reply', message: hello };
const on = ['viber'] as const;
const effects = [{ kind: 'send', message: hello, on }] as const;
const next = { exit: 'next' } as const;
const progress = (stage: string, until: string | null = null) => ({ stage, messageId: null, until, readUntil: null });
const tenMinutes = { after: { value: 10, unit: 'minutes' } };
const failed = { kind: 'blocked', code: '6', reason: 'not subscribed' } as const;

export const cases: readonly NodeCase[] = [
  { name: 'replies on the channel of the run', params, channel: 'vb', linked: ['next'], expect: { effects, then: next } },
  {
    name: 'fills the ids and titles of choices',
    params: { message: { type: 'text', text: 'Which?', choices: [{ id: '{{ id }}', title: 'The {{ id }}' }] } },
    vars: { id: 'red' },
    channel: 'vb',
    linked: [],
    expect: {
      effects: [{ kind: 'send', message: { type: 'text', text: 'Which?', choices: [{ id: 'red', title: 'The red' }] }, on }],
      then: next,
    },
  },
  {
    name: "waits for the provider's answer if failed has an edge",
    params,
    channel: 'vb',
    linked: ['failed'],
    expect: { effects, memory: progress('sent'), then: { wait: { for: 'sent' } } },
  },
  {
    name: 'leaves by failed when the provider refuses',
    params,
    channel: 'vb',
    memory: progress('sent'),
    on: { failed },
    expect: { then: { exit: 'failed', why: { code: '6', reason: 'not subscribed' } } },
  },
  {
    name: 'a message that is not delivered in time leads out by notDelivered',
    params: { ...params, notDelivered: tenMinutes },
    channel: 'vb',
    memory: progress('delivered', IN_TEN_MINUTES),
    on: { timeout: true },
    expect: { then: { exit: 'notDelivered' } },
  },
  {
    name: 'a message that is not read in time leads out by notRead',
    params: { ...params, notRead: tenMinutes },
    channel: 'vb',
    memory: progress('read', IN_TEN_MINUTES),
    on: { timeout: true },
    expect: { then: { exit: 'notRead' } },
  },
];
