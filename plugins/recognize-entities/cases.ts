import type { NodeCase } from '../../src/contract/index.js';

const input = '{{ said }}';
const german = { identities: ['whatsapp:4915112345678'], language: 'de' };
const all = ['emails', 'phones', 'urls', 'dates', 'numbers'].map((from) => ({ name: from, from }));

export const cases: readonly NodeCase[] = [
  {
    name: 'finds everything in one sentence',
    params: { input, save: all },
    vars: { said: 'Wir sind 4 und kommen morgen um 17 Uhr, 0170 1234567 oder ada@example.com, siehe www.example.com/a' },
    contact: german,
    expect: {
      set: {
        emails: ['ada@example.com'],
        phones: ['+491701234567'],
        urls: ['https://www.example.com/a'],
        dates: ['2026-11-25T16:00:00.000Z'],
        numbers: [4, 17],
      },
      then: { exit: 'next' },
    },
  },
  {
    name: 'saves parts of what it finds, and null for what is not there',
    params: {
      input,
      save: [
        { name: 'mail', from: 'emails[0]' },
        { name: 'second', from: 'emails[1]' },
        { name: 'count', from: 'numbers | size' },
        { name: 'phone', from: 'phones | first' },
      ],
    },
    vars: { said: 'bo@example.com or cy@example.org' },
    expect: { set: { mail: 'bo@example.com', second: 'cy@example.org', count: 0, phone: null }, then: { exit: 'next' } },
  },
  {
    name: "reads numbers in the person's language",
    params: { input, save: [{ name: 'price', from: 'numbers[0]' }] },
    vars: { said: 'es kostet 1.250,50 €' },
    contact: german,
    expect: { set: { price: 1250.5 }, then: { exit: 'next' } },
  },
  {
    name: 'finds nothing in an empty text',
    params: { input, save: all },
    vars: { said: '' },
    expect: { set: { emails: [], phones: [], urls: [], dates: [], numbers: [] }, then: { exit: 'next' } },
  },
];
