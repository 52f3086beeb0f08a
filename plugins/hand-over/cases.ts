import type { NodeCase } from '../../src/contract/index.js';

const HOUR = { value: 1, unit: 'hours' };
const wait = { for: 'operator', queue: '', note: '' } as const;

export const cases: readonly NodeCase[] = [
  { name: 'waits until an operator gives the talk back, by default for ever', params: {}, expect: { then: { wait } } },
  {
    name: 'queue and note are filled',
    params: { queue: ' {{ topic }} ', note: '{{ contact.name }} is angry' },
    vars: { topic: 'billing' },
    contact: { name: 'Ada' },
    expect: { then: { wait: { ...wait, queue: 'billing', note: 'Ada is angry' } } },
  },
  {
    name: 'a queue and a note that are too long are cut',
    params: { queue: '{{ long }}', note: '{{ long }}' },
    vars: { long: 'a'.repeat(5_000) },
    expect: { then: { wait: { ...wait, queue: `${'a'.repeat(99)}…`, note: `${'a'.repeat(3_999)}…` } } },
  },
  {
    name: 'waits until the timeout',
    params: { timeout: HOUR },
    expect: { then: { wait: { ...wait, until: '2026-11-24T10:00:00.000Z' } } },
  },
  {
    name: 'a talk that is given back leads out by returned',
    params: {},
    on: { operator: { giveBack: true } },
    expect: { then: { exit: 'returned' } },
  },
  {
    name: 'a talk that is not given back in time leads out by notReplied',
    params: { timeout: HOUR, timeoutBranch: true },
    on: { timeout: true },
    expect: { then: { exit: 'notReplied' } },
  },
  {
    name: 'without that port it leads out by returned',
    params: { timeout: HOUR },
    on: { timeout: true },
    expect: { then: { exit: 'returned' } },
  },
  {
    name: 'a hand-over that is not waited for goes on at once',
    params: { wait: false, queue: 'support', note: 'later' },
    expect: { handOver: { queue: 'support', note: 'later' }, then: { exit: 'returned' } },
  },
];
