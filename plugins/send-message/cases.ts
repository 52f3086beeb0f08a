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
  { name: 'sends on WhatsApp if the run is there', params, linked: [], expect: { effects, then: next } },
  { name: 'sends on Viber if the run is there', params, channel: 'vb', linked: [], expect: { effects, then: next } },
  {
    name: 'sends from a channel to an address',
    params: { action: 'send', channel: 'vb', to: '{{ user }}', message: hello },
    vars: { user: 'abc==' },
    linked: [],
    expect: { effects: [{ kind: 'send', message: hello, to: { channel: 'vb', address: 'abc==' } }], then: next },
  },
  {
    name: 'a message that was refused leads out by failed',
    params,
    memory: progress('sent'),
    on: failed('rejected'),
    expect: { then: { exit: 'failed', why: { code: '1', reason: 'no' } } },
  },
  {
    name: 'a closed window leads out by windowClosed',
    params,
    memory: progress('sent'),
    on: failed('window-closed'),
    expect: { then: { exit: 'windowClosed' } },
  },
  {
    name: 'a message that is not delivered in time leads out by notDelivered',
    params: { ...params, notDelivered: tenMinutes },
    memory: progress('delivered', IN_TEN_MINUTES),
    on: { timeout: true },
    expect: { then: { exit: 'notDelivered' } },
  },
  {
    name: 'a message that is not read in time leads out by notRead',
    params: { ...params, notRead: tenMinutes },
    memory: progress('read', IN_TEN_MINUTES),
    on: { timeout: true },
    expect: { then: { exit: 'notRead' } },
  },
];
