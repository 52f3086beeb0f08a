import type { NodeCase } from '../../src/contract/index.js';

const hello = { to: '+49 1511 2345678', text: 'Hello' };
const asked = (input: object) => ({
  effects: [{ kind: 'call' as const, service: 'send-sms', input: { to: '+4915112345678', text: 'Hello', ...input }, deadline: 60_000 }],
  then: { wait: { for: 'call' as const } },
});

export const cases: readonly NodeCase[] = [
  { name: 'the SMS is sent to the number as E.164', params: hello, expect: asked({}) },
  {
    name: 'a number may be that of the person, and the text may show variables',
    params: { to: '{{ customerPhoneNumber }}', text: ' Hello {{ name }} ' },
    vars: { customerPhoneNumber: '4915112345678', name: 'Ada' },
    expect: asked({ text: 'Hello Ada' }),
  },
  ...['', '0151 123', '+4915112345678, +4915112345679', '+4915112345678\r\nx', 'Ada'].map((to) => ({
    name: `nothing is sent to ${JSON.stringify(to)}`,
    params: { ...hello, to: '{{ to }}' },
    vars: { to },
    expect: { then: { fail: { code: 'sms/bad-number', reason: `"${to}" is not a phone number with a country code` } } },
  })),
  {
    name: 'nothing is sent without a text',
    params: { ...hello, text: '{{ word }}' },
    vars: { word: ' ' },
    expect: { then: { fail: { code: 'sms/empty', reason: 'the SMS has no text' } } },
  },
  {
    name: 'a text that is too long is cut, with a warning',
    params: { ...hello, text: '{{ words }}' },
    vars: { words: 'x'.repeat(2_000) },
    expect: asked({ text: `${'x'.repeat(1_599)}…` }),
    warnings: ['sms/cut'],
  },
  { name: 'an SMS that was taken leads on', params: hello, on: { result: { status: 202 } }, expect: { then: { exit: 'next' } } },
  {
    name: 'an SMS that was refused leads out by failed',
    params: hello,
    on: { failed: { code: 'sms/refused', reason: 'the SMS provider answered 400: invalid number', status: 400 } },
    expect: { then: { fail: { code: 'sms/refused', reason: 'the SMS provider answered 400: invalid number', status: 400 } } },
  },
];
