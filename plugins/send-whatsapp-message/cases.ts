import type { NodeCase } from '../../src/contract/index.js';

const hello = { type: 'text', text: 'Hello' } as const;
const params = { action: 'reply', message: hello };
const on = ['whatsapp'] as const;
const effects = [{ kind: 'send', message: hello, on }] as const;
const next = { exit: 'next' } as const;
const receipt = (status: 'sent' | 'delivered' | 'read') => ({ receipt: { status, messageId: 'wamid.1' } });
const failed = (kind: 'rejected' | 'window-closed') => ({ failed: { kind, code: '1', reason: 'no' } });
const progress = (stage: string, until: string | null = null) => ({ stage, messageId: null, until, readUntil: null });
const IN_TEN_MINUTES = '2026-11-24T09:10:00.000Z';
const notDelivered = { after: { value: 10, unit: 'minutes' } };
const template = { type: 'template' as const, name: 'again', language: 'en', body: ['{{ name }}'] };

export const cases: readonly NodeCase[] = [
  { name: 'replies and goes on at once where no way out depends on it', params, linked: ['next'], expect: { effects, then: next } },
  {
    name: 'fills the message',
    params: { ...params, message: { type: 'image', url: 'https://x/{{ n }}.png', text: 'No {{ n }}' } },
    vars: { n: 7 },
    linked: [],
    expect: { effects: [{ kind: 'send', message: { type: 'image', url: 'https://x/7.png', text: 'No 7' }, on }], then: next },
  },
  {
    name: 'waits for the answer of the provider where `failed` is drawn',
    params,
    linked: ['failed'],
    expect: { effects, memory: progress('sent'), then: { wait: { for: 'sent' } } },
  },
  {
    name: 'goes on when the provider has it, with the id',
    params: { ...params, saveAs: 'sent' },
    memory: progress('sent'),
    on: receipt('sent'),
    expect: { set: { sent: { messageId: 'wamid.1' } }, then: next },
  },
  {
    name: 'leaves by `failed` when the provider refuses',
    params,
    memory: progress('sent'),
    on: failed('rejected'),
    linked: ['failed'],
    expect: { then: { exit: 'failed', why: { code: '1', reason: 'no' } } },
  },
  {
    name: 'a refusal without an edge is recorded, and the flow goes on',
    params,
    memory: progress('sent'),
    on: failed('rejected'),
    linked: [],
    expect: { then: next },
  },
  {
    name: 'a window that closed meanwhile leaves by `windowClosed`',
    params,
    memory: progress('sent'),
    on: failed('window-closed'),
    expect: { then: { exit: 'windowClosed' } },
  },
  {
    name: 'without that edge it leaves by `failed`',
    params,
    memory: progress('sent'),
    on: failed('window-closed'),
    linked: ['failed'],
    expect: { then: { exit: 'failed', why: { code: '1', reason: 'no' } } },
  },
  {
    name: 'where a closed window is to be skipped, no way out is taken',
    params: { ...params, ifWindowClosed: { then: 'skip' }, saveAs: 'sent' },
    memory: progress('sent'),
    on: failed('window-closed'),
    expect: { set: { sent: { messageId: null } }, then: next },
  },
  {
    name: 'a closed window may be met by a template',
    params: { ...params, ifWindowClosed: { then: 'template', template } },
    vars: { name: 'Ada' },
    linked: [],
    expect: { effects: [{ kind: 'send', message: hello, on, ifWindowClosed: { ...template, body: ['Ada'] } }], then: next },
  },
  {
    name: 'from a channel to an address',
    params: { action: 'send', channel: '{{ channelId }}', to: '{{ phone }}', message: hello },
    vars: { channelId: 'wa-2', phone: '4930' },
    linked: [],
    expect: { effects: [{ kind: 'send', message: hello, to: { channel: 'wa-2', address: '4930' } }], then: next },
  },
  {
    name: 'quotes the last message',
    params: { ...params, replyToLast: true },
    lastMessage: { id: 'wamid.q', channel: 'wa' },
    linked: [],
    expect: { effects: [{ kind: 'send', message: { ...hello, replyTo: 'wamid.q' }, on }], then: next },
  },
  {
    name: 'waits to be delivered',
    params: { ...params, notDelivered },
    expect: { effects, memory: progress('delivered', IN_TEN_MINUTES), then: { wait: { for: 'delivered', until: IN_TEN_MINUTES } } },
  },
  {
    name: 'sent is not yet delivered: it waits on, to the same end',
    params: { ...params, notDelivered },
    memory: progress('delivered', IN_TEN_MINUTES),
    on: receipt('sent'),
    expect: {
      memory: { ...progress('delivered', IN_TEN_MINUTES), messageId: 'wamid.1' },
      then: { wait: { for: 'delivered', until: IN_TEN_MINUTES } },
    },
  },
  {
    name: 'delivered in time goes on',
    params: { ...params, notDelivered, saveAs: 'sent' },
    memory: progress('delivered', IN_TEN_MINUTES),
    on: receipt('delivered'),
    expect: { set: { sent: { messageId: 'wamid.1' } }, then: next },
  },
  {
    name: 'delivered is not yet read: it waits on, counted from the sending',
    params: { ...params, notDelivered, notRead: { after: { value: 1, unit: 'hours' } } },
    memory: { ...progress('delivered', IN_TEN_MINUTES), readUntil: '2026-11-24T10:00:00.000Z' },
    on: receipt('delivered'),
    expect: {
      memory: { stage: 'read', messageId: 'wamid.1', until: '2026-11-24T10:00:00.000Z', readUntil: '2026-11-24T10:00:00.000Z' },
      then: { wait: { for: 'read', until: '2026-11-24T10:00:00.000Z' } },
    },
  },
  {
    name: 'read before it was told to be delivered goes on',
    params: { ...params, notDelivered, notRead: { after: { value: 1, unit: 'hours' } } },
    memory: { ...progress('delivered', IN_TEN_MINUTES), readUntil: '2026-11-24T10:00:00.000Z' },
    on: receipt('read'),
    expect: { then: next },
  },
  {
    name: 'not delivered in time, and the id is kept all the same',
    params: { ...params, notDelivered, saveAs: 'sent' },
    memory: { ...progress('delivered', IN_TEN_MINUTES), messageId: 'wamid.1' },
    on: { timeout: true },
    expect: { set: { sent: { messageId: 'wamid.1' } }, then: { exit: 'notDelivered' } },
  },
  {
    name: 'not read in time',
    params: { ...params, notRead: { after: { value: 10, unit: 'minutes' } } },
    memory: progress('read', IN_TEN_MINUTES),
    on: { timeout: true },
    expect: { then: { exit: 'notRead' } },
  },
];
