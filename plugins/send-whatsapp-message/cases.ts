import type { FlowEvent, NodeCase } from '../../src/contract/index.js';

const AT = '2026-11-24T09:00:00.000Z';
const hello = { type: 'text', text: 'Hello' } as const;
const params = { action: 'reply', message: hello };
const effects = [{ kind: 'send', message: hello }] as const;
const next = { exit: 'next' } as const;
const closed = { windowOpenUntil: '2026-11-24T08:59:59.000Z' };
const receipt = (status: 'sent' | 'delivered' | 'read'): FlowEvent => ({
  id: 'r',
  at: AT,
  type: 'receipt',
  effectId: 'e',
  status,
  messageId: 'wamid.1',
});
const failed = (kind: 'rejected' | 'window-closed'): FlowEvent => ({
  id: 'r',
  at: AT,
  type: 'receipt',
  effectId: 'e',
  status: 'failed',
  error: { kind, code: '1', message: 'no' },
});
const progress = (stage: string) => ({ stage, messageId: null, readUntil: null });
const template = { type: 'template' as const, name: 'again', language: 'en', body: ['{{ name }}'] };

export const cases: readonly NodeCase[] = [
  { name: 'replies and goes on at once where no way out depends on it', params, linked: ['next'], expect: { effects, then: next } },
  {
    name: 'fills the message',
    params: { ...params, message: { type: 'image', url: 'https://x/{{ n }}.png', text: 'No {{ n }}' } },
    vars: { n: 7 },
    linked: [],
    expect: { effects: [{ kind: 'send', message: { type: 'image', url: 'https://x/7.png', text: 'No 7' } }], then: next },
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
    event: receipt('sent'),
    expect: { set: { sent: { messageId: 'wamid.1' } }, then: next },
  },
  {
    name: 'leaves by `failed` when the provider refuses',
    params,
    memory: progress('sent'),
    event: failed('rejected'),
    linked: ['failed'],
    expect: { then: { exit: 'failed' } },
    warnings: ['1'],
  },
  {
    name: 'a refusal without an edge is recorded, and the flow goes on',
    params,
    memory: progress('sent'),
    event: failed('rejected'),
    linked: [],
    expect: { then: next },
    warnings: ['1'],
  },
  {
    name: 'a window that closed meanwhile leaves by `windowClosed`',
    params,
    memory: progress('sent'),
    event: failed('window-closed'),
    expect: { then: { exit: 'windowClosed' } },
    warnings: ['send/window-closed'],
  },
  {
    name: 'a closed window leaves by `windowClosed`',
    params,
    channel: closed,
    expect: { then: { exit: 'windowClosed' } },
    warnings: ['send/window-closed'],
  },
  {
    name: 'a closed window without that edge leaves by `failed`',
    params,
    channel: closed,
    linked: ['failed'],
    expect: { then: { exit: 'failed' } },
    warnings: ['send/window-closed'],
  },
  {
    name: 'a closed window without any edge is recorded, and the flow goes on',
    params,
    channel: closed,
    linked: [],
    expect: { then: next },
    warnings: ['send/window-closed'],
  },
  {
    name: 'a closed window may be skipped',
    params: { ...params, ifWindowClosed: { then: 'skip' } },
    channel: closed,
    expect: { then: next },
    warnings: ['send/window-closed'],
  },
  {
    name: 'a closed window may be met by a template',
    params: { ...params, ifWindowClosed: { then: 'template', template } },
    vars: { name: 'Ada' },
    channel: closed,
    linked: [],
    expect: { effects: [{ kind: 'send', message: { ...template, body: ['Ada'] } }], then: next },
  },
  {
    name: 'a template needs no window',
    params: { ...params, message: template },
    vars: { name: 'Ada' },
    channel: closed,
    linked: [],
    expect: { effects: [{ kind: 'send', message: { ...template, body: ['Ada'] } }], then: next },
  },
  {
    name: 'without an address it leaves by `failed`',
    params,
    channel: { platform: 'viber' },
    linked: ['failed'],
    expect: { then: { exit: 'failed' } },
    warnings: ['send/no-address'],
  },
  {
    name: 'from a channel to an address',
    params: { action: 'send', channel: '{{ channelId }}', to: '{{ phone }}', message: hello },
    vars: { channelId: 'wa-2', phone: '4930' },
    linked: [],
    expect: { effects: [{ kind: 'send', message: hello, to: { channel: 'wa-2', address: '4930' } }], then: next },
  },
  {
    name: 'what comes out empty is not sent',
    params: { ...params, message: { type: 'text', text: ' {{ none }} ' } },
    linked: ['failed'],
    expect: { then: { exit: 'failed' } },
    warnings: ['template/undefined', 'send/nothing-to-send'],
  },
  {
    name: 'quotes the last message of the same channel',
    params: { ...params, replyToLast: true },
    lastMessage: { id: 'wamid.q', channel: 'wa' },
    linked: [],
    expect: { effects: [{ kind: 'send', message: { ...hello, replyTo: 'wamid.q' } }], then: next },
  },
  {
    name: 'waits to be delivered',
    params: { ...params, notDelivered: { after: { value: 10, unit: 'minutes' } } },
    expect: { effects, memory: progress('delivered'), then: { wait: { for: 'delivered', until: '2026-11-24T09:10:00.000Z' } } },
  },
  {
    name: 'sent is not yet delivered',
    params: { ...params, notDelivered: { after: { value: 10, unit: 'minutes' } } },
    memory: progress('delivered'),
    event: receipt('sent'),
    expect: { memory: { ...progress('delivered'), messageId: 'wamid.1' }, then: { wait: { for: 'delivered' } } },
  },
  {
    name: 'not delivered in time',
    params: { ...params, notDelivered: { after: { value: 10, unit: 'minutes' } } },
    memory: progress('delivered'),
    event: { id: 't', at: AT, type: 'timeout', waitId: 'w' },
    expect: { then: { exit: 'notDelivered' } },
  },
  {
    name: 'not read in time',
    params: { ...params, notRead: { after: { value: 10, unit: 'minutes' } } },
    memory: progress('read'),
    event: { id: 't', at: AT, type: 'timeout', waitId: 'w' },
    expect: { then: { exit: 'notRead' } },
  },
];
