import type { Json, NodeCase } from '../../src/contract/index.js';

type Row = { readonly name: string; readonly value: Json; readonly type?: string };
const row = (name: string, value: Json, type?: string): Row => ({ name, value, ...(type === undefined ? {} : { type }) });
const set = (...rows: readonly Row[]) => ({ set: rows });

export const cases: readonly NodeCase[] = [
  {
    name: 'a value that is one expression keeps its type',
    params: set(row('copy', '{{ n }}')),
    vars: { n: 4 },
    expect: { set: { copy: 4 }, then: { exit: 'next' } },
  },
  {
    name: 'with text around it the value is a text',
    params: set(row('copy', 'n={{ n }}')),
    vars: { n: 4 },
    expect: { set: { copy: 'n=4' }, then: { exit: 'next' } },
  },
  {
    name: 'a text is converted to a number',
    params: set(row('n', ' 2.5 ', 'number')),
    expect: { set: { n: 2.5 }, then: { exit: 'next' } },
  },
  {
    name: "a typed number is read in the person's language",
    params: set(row('typed', '{{ said }}', 'number'), row('fixed', '1.000', 'number')),
    vars: { said: '1.000' },
    contact: { language: 'de' },
    expect: { set: { typed: 1000, fixed: 1 }, then: { exit: 'next' } },
  },
  {
    name: 'a number with too many digits is rounded, with a warning',
    params: set(row('n', '{{ said }}', 'number'), row('t', '{{ said }}', 'text')),
    vars: { said: '9007199254740993' },
    expect: { set: { n: 9_007_199_254_740_992, t: '9007199254740993' }, then: { exit: 'next' } },
    warnings: ['number/inexact'],
  },
  {
    name: 'a value that cannot be converted is null, with a warning',
    params: set(row('n', 'ten', 'number'), row('d', '2026-02-30', 'date')),
    expect: { set: { n: null, d: null }, then: { exit: 'next' } },
    warnings: ['variable/wrong-type', 'variable/wrong-type'],
  },
  {
    name: 'a list and an object may be written as JSON',
    params: set(row('list', '[1,2]', 'list'), row('object', '{"a":1}', 'object'), row('yes', 'TRUE', 'boolean')),
    expect: { set: { list: [1, 2], object: { a: 1 }, yes: true }, then: { exit: 'next' } },
  },
  {
    name: 'a row can read those above it',
    params: set(row('a', 2), row('b', '{{ a | times: 3 }}')),
    expect: { set: { a: 2, b: 6 }, then: { exit: 'next' } },
  },
  {
    name: 'contact.<field> goes to the contact, name and language to their own places',
    params: set(row('contact.vip', true), row('contact.name', 'Ada'), row('x', 1)),
    expect: { set: { x: 1 }, setContact: { name: 'Ada', fields: { vip: true } }, then: { exit: 'next' } },
  },
  {
    name: 'a name without visible characters becomes empty',
    params: set(row('contact.name', '{{ said }}')),
    vars: { said: '\u3164' },
    expect: { set: {}, setContact: { name: '' }, then: { exit: 'next' } },
  },
];
