import type { NodeCase } from '../../src/contract/index.js';

const IN_TEN_MINUTES = '2026-11-24T09:10:00.000Z';
const hello = { type: 'text', text: 'Hello' } as const;
const params = { action: 'reply', message: hello };
const effects = [{ kind: 'send', message: hello, on: ['whatsapp', 'viber'] }] as const;
const next = { exit: 'next' } as const;
const failed = (kind: 'rejected' | 'window-closed') => ({ failed: { kind, code: '1', reason: 'no' } });
const progress = (stage: string, until: string | null = null) => ({ stage, messageId: null, until, readUntil: null });
const tenMinutes = { after: { value: 10, unit: 'minutes' } };

export const cases: readonly NodeCase[] = [
  { name: 'on WhatsApp where the run is', params, linked: [], expect: { effects, then: next } },
  { name: 'on Viber where the run is', params, channel: 'vb', linked: [], expect: { effects, then: next } },
  {
    name: 'from a channel to an address',
    params: { action: 'send', channel: 'vb', to: '{{ user }}', message: hello },
    vars: { user: 'abc==' },
    linked: [],
    expect: { effects: [{ kind: 'send', message: hello, to: { channel: 'vb', address: 'abc==' } }], then: next },
  },
  {
    name: 'what was not sent leaves by failed',
    params,
    memory: progress('sent'),
    on: failed('rejected'),
    expect: { then: { exit: 'failed', why: { code: '1', reason: 'no' } } },
  },
  {
    name: 'outside of the 24 hours of WhatsApp it leaves by windowClosed',
    params,
    memory: progress('sent'),
    on: failed('window-closed'),
    expect: { then: { exit: 'windowClosed' } },
  },
  {
    name: 'not delivered in time',
    params: { ...params, notDelivered: tenMinutes },
    memory: progress('delivered', IN_TEN_MINUTES),
    on: { timeout: true },
    expect: { then: { exit: 'notDelivered' } },
  },
  {
    name: 'not read in time',
    params: { ...params, notRead: tenMinutes },
    memory: progress('read', IN_TEN_MINUTES),
    on: { timeout: true },
    expect: { then: { exit: 'notRead' } },
  },
];
