import type { NodeCase } from '../../src/contract/index.js';

const hello = { to: 'ada@example.com', subject: 'Hello', text: 'Good morning' };
const asked = (input: object) => ({
  effects: [
    {
      kind: 'call' as const,
      service: 'send-email',
      input: { to: ['ada@example.com'], cc: [], bcc: [], replyTo: [], subject: 'Hello', text: 'Good morning', ...input },
      deadline: 120_000,
    },
  ],
  then: { wait: { for: 'call' as const } },
});

export const cases: readonly NodeCase[] = [
  {
    name: 'the e-mail is sent to every recipient',
    params: {
      ...hello,
      to: '{{ email }}; Bob <bob@example.com>, ada@example.com',
      cc: 'c@example.com',
      replyTo: 'shop@example.com',
      html: '<p>{{ x }}</p>',
    },
    vars: { email: 'ada@example.com', x: 'y' },
    expect: asked({
      to: ['ada@example.com', 'bob@example.com'],
      cc: ['c@example.com'],
      replyTo: ['shop@example.com'],
      html: '<p>y</p>',
    }),
  },
  {
    name: 'a subject is one line, and not too long',
    params: { ...hello, subject: '{{ word }}' },
    vars: { word: `Hi\r\nBcc: eve@example.com ${'x'.repeat(300)}` },
    expect: asked({ subject: `Hi Bcc: eve@example.com ${'x'.repeat(225)}…` }),
  },
  ...['ada', 'ada@', 'ada@example.com\r\nBcc: eve@example.com', 'ada@example.com RCPT TO', '"a b"@example.com'].map((email) => ({
    name: `nothing is sent to ${JSON.stringify(email)}`,
    params: { ...hello, to: '{{ email }}' },
    vars: { email },
    expect: {
      then: { fail: { code: 'email/bad-address', reason: `"${email.split('\r\n').at(-1)}" is not an e-mail address` } },
    },
  })),
  {
    name: 'nothing is sent without a recipient',
    params: { ...hello, to: '{{ email }}' },
    vars: { email: ' , ' },
    expect: { then: { fail: { code: 'email/no-recipient', reason: 'the e-mail has no recipient' } } },
  },
  {
    name: 'nothing is sent to more than 20 recipients',
    params: { ...hello, bcc: '{{ all }}' },
    vars: { all: Array.from({ length: 20 }, (_, i) => `p${i}@example.com`).join(',') },
    expect: { then: { fail: { code: 'email/too-many', reason: 'the e-mail has more than 20 recipients' } } },
  },
  {
    name: 'an e-mail that was taken leads on',
    params: hello,
    on: { result: { messageId: '<1@example.com>', refused: [] } },
    expect: { then: { exit: 'next' } },
  },
  {
    name: 'recipients that were refused are a warning',
    params: hello,
    on: { result: { messageId: '<1@example.com>', refused: ['bob@example.com'] } },
    expect: { then: { exit: 'next' } },
    warnings: ['email/some-refused'],
  },
  {
    name: 'an e-mail that was refused leads out by failed',
    params: hello,
    on: { failed: { code: 'email/refused', reason: 'the mail server refused the e-mail: 550 no such user', status: 550 } },
    expect: { then: { fail: { code: 'email/refused', reason: 'the mail server refused the e-mail: 550 no such user', status: 550 } } },
  },
];
