import type { InboundMessage, Json, JsonObject, NodeCase, NodeOutcome } from '../../src/contract/index.js';

const LATER = '2026-11-24T09:30:00.000Z';
const memory = { endsAt: LATER, remindAt: [], reminded: 0, tried: 0, asked: true };
const timeout = { value: 30, unit: 'minutes' };
const AGE = { type: 'text', text: 'How old are you?' } as const;
const COLOURS = {
  type: 'text',
  text: 'Which colour?',
  choices: [
    { id: 'red', title: 'Red' },
    { id: 'blue', title: 'Blue' },
    { id: 'green', title: 'Green' },
  ],
} as const;
const ASKED = { message: AGE, invalidMessage: 'Sorry?' };
const wait = { wait: { for: 'message', until: LATER } } as const;
const asked: Json = { type: 'number' };

const saved = (a: Json, exit = 'answered'): NodeOutcome<Json> => ({ set: { a }, then: { exit } });
const refused = (tried = 1): NodeOutcome<Json> => ({
  effects: [{ kind: 'send', message: { type: 'text', text: 'Sorry?' } }],
  memory: { ...memory, tried },
  then: wait,
});

/** What a person answers, and what comes of it. */
function answers(
  answer: JsonObject,
  what: string,
  given: Partial<InboundMessage> | string,
  expect: NodeOutcome<Json>,
  more: Partial<NodeCase> = {},
): NodeCase {
  const params = { answer, saveAs: 'a', timeout, ...(more.params ?? ASKED) };
  return {
    ...more,
    name: `${answer['type']}: ${what}`,
    params,
    memory: more.memory ?? memory,
    on: { message: typeof given === 'string' ? { text: given } : given },
    expect,
  };
}

const german = { contact: { language: 'de', identities: ['whatsapp:4915112345678'] } };
const arabic = { contact: { language: 'ar', timeZone: 'Asia/Riyadh' } };
const colours = { params: { ...ASKED, message: COLOURS } };

export const cases: readonly NodeCase[] = [
  {
    name: 'asks, and waits 23 hours by default',
    params: { message: AGE, answer: asked, saveAs: 'a', timeoutBranch: true },
    expect: {
      effects: [{ kind: 'send', message: AGE }],
      memory: { ...memory, endsAt: '2026-11-25T08:00:00.000Z' },
      then: { wait: { for: 'message', until: '2026-11-25T08:00:00.000Z' } },
    },
  },
  {
    name: 'without a message it only waits',
    params: { answer: asked, timeout },
    expect: { memory, then: wait },
  },
  {
    name: 'several choices are listed with numbers, because a tap gives only one',
    params: { message: COLOURS, answer: { type: 'choices' }, timeout },
    expect: {
      effects: [{ kind: 'send', message: { ...COLOURS, choicesAs: 'text' } }],
      memory: { ...memory, shown: ['Red', 'Blue', 'Green'] },
      then: wait,
    },
  },
  {
    name: 'the layout that the author has chosen is kept',
    params: { message: { ...COLOURS, choicesAs: 'list' }, answer: { type: 'choices' }, timeout },
    expect: {
      effects: [{ kind: 'send', message: { ...COLOURS, choicesAs: 'list' } }],
      memory: { ...memory, shown: ['Red', 'Blue', 'Green'] },
      then: wait,
    },
  },
  answers({ type: 'choice' }, 'a tap leaves by the port of the choice', tap('red', 'Red'), saved('Red', 'red'), colours),
  answers({ type: 'choice' }, 'without ports for choices it leaves by answered', tap('red', 'Red'), saved('Red'), {
    params: { message: COLOURS, branchByChoice: false },
  }),
  answers({ type: 'choice' }, 'a choice whose port leads nowhere leaves by answered', tap('red', 'Red'), saved('Red'), {
    ...colours,
    linked: ['blue', 'answered'],
  }),
  answers({ type: 'choice' }, 'a choice leaves by its port if answered leads nowhere, too', tap('red', 'Red'), saved('Red', 'red'), {
    ...colours,
    linked: ['blue'],
  }),
  answers({ type: 'choice' }, 'a tap on something else is invalid', tap('stop', 'Stop'), refused(), colours),
  answers({ type: 'choice' }, 'a text that means none is invalid', 'purple', refused(), colours),
  answers({ type: 'choice' }, 'the question may have been asked before', tap('x', 'X'), saved('X'), { params: {} }),
  answers({ type: 'choices' }, 'numbers', '1, 3', saved(['Red', 'Green']), colours),
  answers({ type: 'choices' }, 'titles', 'green and Red', saved(['Red', 'Green']), colours),
  answers({ type: 'choices' }, 'a tap is one of them', tap('blue', 'Blue'), saved(['Blue']), colours),
  answers({ type: 'choices' }, 'what is none of them is invalid', 'red and purple', refused(), colours),
  answers({ type: 'choices', max: 1 }, 'too many are invalid', 'red, blue', refused(), colours),
  answers({ type: 'text' }, 'spaces around it are left out', ' Ada ', saved('Ada')),
  answers({ type: 'text' }, 'a blank text is invalid', ' \u200b', refused()),
  answers({ type: 'text' }, 'a picture is invalid', { type: 'image', text: 'Ada' }, refused()),
  answers({ type: 'text', min: 2, max: 3 }, 'a length that fits', 'Ada', saved('Ada')),
  answers({ type: 'text', max: 2 }, 'one that is too long is invalid', 'Ada', refused()),
  answers({ type: 'number' }, 'in a sentence', '7, thanks', saved(7)),
  answers({ type: 'number' }, 'as Germans write it', '1.200,50', saved(1200.5), german),
  answers({ type: 'number' }, 'in other digits', '٢٥', saved(25), arabic),
  answers({ type: 'number', min: '{{ low }}', max: 10 }, 'within bounds', '7.5', saved(7.5), { vars: { low: 5 } }),
  answers({ type: 'number', min: 5 }, 'below them is invalid', '4', refused()),
  answers({ type: 'number' }, 'two numbers are invalid', '3 or 4', refused()),
  answers({ type: 'number', max: 5 }, 'the one of them that is valid', '4 of 10', saved(4)),
  answers({ type: 'number' }, 'an ambiguous one is read as in English', '1.200', saved(1.2), { warnings: ['number/ambiguous'] }),
  answers({ type: 'integer' }, 'a whole number', 'I am 25', saved(25)),
  answers({ type: 'integer', min: 0, max: 10 }, 'a score with its maximum', '9/10', saved(9)),
  answers({ type: 'integer', min: 0, max: 10 }, 'a fraction that is no score', '7/8', refused()),
  answers({ type: 'integer' }, 'a fraction is invalid', '2.5', refused()),
  answers({ type: 'email' }, 'an address in a sentence', 'It is Ada@Example.com.', saved('Ada@Example.com')),
  answers({ type: 'email' }, 'something else is invalid', 'ada at example', refused()),
  answers({ type: 'phone' }, 'as it is dialled in the country of the contact', '0151 1234-5679', saved('+4915112345679'), german),
  answers(
    { type: 'phone', region: 'TH' },
    'as it is dialled in the country of the question',
    '081-234-5678',
    saved('+66812345678'),
    german,
  ),
  answers(
    { type: 'phone' },
    'in a contact card',
    { type: 'contacts', contact: [{ name: { formatted_name: 'Ada' }, phones: [{ phone: '+4915112345678' }] }] },
    saved('+4915112345678'),
  ),
  answers({ type: 'phone' }, 'something else is invalid', '12345', refused(), german),
  answers({ type: 'date' }, 'a day', '25.12.', saved('2026-12-25'), german),
  answers({ type: 'date' }, 'a time, in the time zone of the contact', 'morgen um 17 Uhr', saved('2026-11-25T16:00:00.000Z'), german),
  answers({ type: 'date' }, 'in Arabic', 'غدا الساعة ٥ مساء', saved('2026-11-25T14:00:00.000Z'), arabic),
  answers({ type: 'date', min: '{{ now }}' }, 'today is not before now', 'today', saved('2026-11-24')),
  answers({ type: 'date', min: '{{ now }}' }, 'a day that has passed is invalid', 'yesterday', refused()),
  answers({ type: 'date', max: '{{ now }}' }, 'where only the past is valid, 12 May is the last one', '12 May', saved('2026-05-12')),
  answers({ type: 'date' }, 'something else is invalid', 'soon', refused()),
  answers(
    { type: 'location' },
    'is saved with its coordinates',
    { type: 'location', latitude: 0, longitude: 1 },
    saved({ type: 'location', latitude: 0, longitude: 1 }),
  ),
  answers({ type: 'location' }, 'a text is invalid', 'Berlin', refused()),
  answers(
    { type: 'media' },
    'is saved with its id and type',
    { type: 'image', mediaId: '7', mimeType: 'image/png' },
    saved({ type: 'image', mediaId: '7', mimeType: 'image/png' }),
  ),
  answers({ type: 'media', accept: ['document'] }, 'of another type is invalid', { type: 'image', mediaId: '7' }, refused()),
  answers({ type: 'regex', regex: '[A-Z]{2}\\d+' }, 'the whole text must match', 'AB12', saved('AB12')),
  answers({ type: 'regex', regex: '[A-Z]{2}\\d+' }, 'else it is invalid', 'my AB12', refused()),
  answers({ type: 'text' }, 'a word to skip saves the default', '*SKIP!*', saved('nobody'), {
    params: { ...ASKED, skipWords: ['skip'], default: '{{ nobody }}' },
    vars: { nobody: 'nobody' },
  }),
  answers(
    { type: 'number' },
    'without words for invalid answers, the question is repeated',
    'no',
    {
      effects: [{ kind: 'send', message: AGE }],
      memory: { ...memory, tried: 1 },
      then: wait,
    },
    { params: { message: AGE } },
  ),
  answers({ type: 'number' }, 'after the last try it leaves by invalid', 'no', saved(null, 'invalid'), { memory: { ...memory, tried: 2 } }),
  answers({ type: 'number' }, 'then the default is saved', 'no', saved(18, 'invalid'), {
    memory: { ...memory, tried: 2 },
    params: { ...ASKED, default: 18 },
  }),
  answers({ type: 'number' }, 'tries may be unlimited', 'no', refused(1_000), {
    memory: { ...memory, tried: 999 },
    params: { ...ASKED, tries: 'unlimited' },
  }),
  {
    name: 'the message that started the flow is the answer',
    params: { message: AGE, answer: asked, takeFirst: true, timeout },
    lastMessage: { text: '7' },
    opening: true,
    expect: { memory: { ...memory, asked: false }, then: { wait: { for: 'message', until: LATER, takesFirst: true } } },
  },
  answers(
    { type: 'choice' },
    'in the first message, a title is the choice',
    'blue please',
    {
      effects: [{ kind: 'send', message: COLOURS }],
      memory,
      then: wait,
    },
    { ...colours, memory: { ...memory, asked: false } },
  ),
  answers({ type: 'choice' }, 'in the first message, the exact title is the choice', 'BLUE', saved('Blue', 'blue'), {
    ...colours,
    memory: { ...memory, asked: false },
  }),
  {
    name: 'a first message that is no answer does not count: the question is asked',
    params: { message: AGE, answer: asked, takeFirst: true, timeout },
    memory: { ...memory, asked: false },
    on: { message: { text: 'hi' } },
    expect: { effects: [{ kind: 'send', message: AGE }], memory, then: wait },
  },
  {
    name: 'a question until a date that has passed is not asked',
    params: { message: AGE, answer: asked, saveAs: 'a', until: { date: '2026-11-01' }, timeoutBranch: true },
    expect: saved(null, 'notReplied'),
  },
  {
    name: 'a time-out leaves by notReplied if there is that port',
    params: { message: AGE, answer: asked, saveAs: 'a', timeout, timeoutBranch: true },
    memory,
    on: { timeout: true },
    now: LATER,
    expect: saved(null, 'notReplied'),
  },
  {
    name: 'without that port it leaves by invalid, with the variable null',
    params: { message: AGE, answer: asked, saveAs: 'a', timeout, default: 18 },
    memory,
    on: { timeout: true },
    now: LATER,
    expect: saved(null, 'invalid'),
  },
  {
    name: 'a reminder that is due is sent',
    params: {
      message: AGE,
      answer: asked,
      timeout,
      reminders: [{ after: { value: 10, unit: 'minutes' }, message: { type: 'text', text: 'Still there?' } }],
    },
    memory: { ...memory, remindAt: ['2026-11-24T09:10:00.000Z'] },
    on: { timeout: true },
    now: '2026-11-24T09:10:00.000Z',
    expect: {
      effects: [{ kind: 'send', message: { type: 'text', text: 'Still there?' } }],
      memory: { ...memory, remindAt: ['2026-11-24T09:10:00.000Z'], reminded: 1 },
      then: wait,
    },
  },
];

function tap(choice: string, title: string): Partial<InboundMessage> {
  return { type: 'choice', choice, title, text: title };
}
