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
  { name: 'replies and goes on at once if no port depends on the receipt', params, linked: ['next'], expect: { effects, then: next } },
  {
    name: 'fills the message',
    params: { ...params, message: { type: 'image', url: 'https://x/{{ n }}.png', text: 'No {{ n }}' } },
    vars: { n: 7 },
    linked: [],
    expect: { effects: [{ kind: 'send', message: { type: 'image', url: 'https://x/7.png', text: 'No 7' }, on }], then: next },
  },
  {
    name: "waits for the provider's answer if `failed` has an edge",
    params,
    linked: ['failed'],
    expect: { effects, memory: progress('sent'), then: { wait: { for: 'sent' } } },
  },
  {
    name: 'goes on when the provider has accepted it, and saves the id',
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
    name: 'without an edge for the refusal the flow goes on',
    params,
    memory: progress('sent'),
    on: failed('rejected'),
    linked: [],
    expect: { then: next },
  },
  {
    name: 'a window that has closed meanwhile leads out by `windowClosed`',
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
    name: 'with `skip` a closed window leads out by `next`',
    params: { ...params, ifWindowClosed: { then: 'skip' }, saveAs: 'sent' },
    memory: progress('sent'),
    on: failed('window-closed'),
    expect: { set: { sent: { messageId: null } }, then: next },
  },
  {
    name: 'a template may be sent if the window is closed',
    params: { ...params, ifWindowClosed: { then: 'template', template } },
    vars: { name: 'Ada' },
    linked: [],
    expect: { effects: [{ kind: 'send', message: hello, on, ifWindowClosed: { ...template, body: ['Ada'] } }], then: next },
  },
  {
    name: 'sends from a channel to an address',
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
    name: 'waits for the receipt of delivery',
    params: { ...params, notDelivered },
    expect: { effects, memory: progress('delivered', IN_TEN_MINUTES), then: { wait: { for: 'delivered', until: IN_TEN_MINUTES } } },
  },
  {
    name: 'after the receipt `sent` it waits on, until the same time',
    params: { ...params, notDelivered },
    memory: progress('delivered', IN_TEN_MINUTES),
    on: receipt('sent'),
    expect: {
      memory: { ...progress('delivered', IN_TEN_MINUTES), messageId: 'wamid.1' },
      then: { wait: { for: 'delivered', until: IN_TEN_MINUTES } },
    },
  },
  {
    name: 'goes on when it is delivered in time',
    params: { ...params, notDelivered, saveAs: 'sent' },
    memory: progress('delivered', IN_TEN_MINUTES),
    on: receipt('delivered'),
    expect: { set: { sent: { messageId: 'wamid.1' } }, then: next },
  },
  {
    name: 'keeps the id of the message where a later receipt has none',
    params: { ...params, notDelivered, saveAs: 'sent' },
    memory: { ...progress('delivered', IN_TEN_MINUTES), messageId: 'wamid.1' },
    on: { receipt: { status: 'delivered' } },
    expect: { set: { sent: { messageId: 'wamid.1' } }, then: next },
  },
  {
    name: 'saves the id of a message that was not delivered in time',
    params: { ...params, notDelivered, saveAs: 'sent' },
    memory: { ...progress('delivered', IN_TEN_MINUTES), messageId: 'wamid.1' },
    on: { timeout: true },
    expect: { set: { sent: { messageId: 'wamid.1' } }, then: { exit: 'notDelivered' } },
  },
  {
    name: 'after the receipt `delivered` it waits to be read, counted from the sending',
    params: { ...params, notDelivered, notRead: { after: { value: 1, unit: 'hours' } } },
    memory: { ...progress('delivered', IN_TEN_MINUTES), readUntil: '2026-11-24T10:00:00.000Z' },
    on: receipt('delivered'),
    expect: {
      memory: { stage: 'read', messageId: 'wamid.1', until: '2026-11-24T10:00:00.000Z', readUntil: '2026-11-24T10:00:00.000Z' },
      then: { wait: { for: 'read', until: '2026-11-24T10:00:00.000Z' } },
    },
  },
  {
    name: 'goes on when it is read, also without a receipt of delivery',
    params: { ...params, notDelivered, notRead: { after: { value: 1, unit: 'hours' } } },
    memory: { ...progress('delivered', IN_TEN_MINUTES), readUntil: '2026-11-24T10:00:00.000Z' },
    on: receipt('read'),
    expect: { then: next },
  },
  {
    name: 'a message that is not delivered in time leads out by notDelivered, and its id is saved',
    params: { ...params, notDelivered, saveAs: 'sent' },
    memory: { ...progress('delivered', IN_TEN_MINUTES), messageId: 'wamid.1' },
    on: { timeout: true },
    expect: { set: { sent: { messageId: 'wamid.1' } }, then: { exit: 'notDelivered' } },
  },
  {
    name: 'a message that is not read in time leads out by notRead',
    params: { ...params, notRead: { after: { value: 10, unit: 'minutes' } } },
    memory: progress('read', IN_TEN_MINUTES),
    on: { timeout: true },
    expect: { then: { exit: 'notRead' } },
  },
];
