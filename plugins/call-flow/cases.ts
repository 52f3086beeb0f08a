import type { NodeCase } from '../../src/contract/index.js';

export const cases: readonly NodeCase[] = [
  {
    name: 'the flow begins on top of this one, with its input',
    params: { flow: 'price', input: [{ name: 'order', value: '{{ n }}' }] },
    vars: { n: 17 },
    expect: { then: { begin: { flow: 'price', input: { order: 17 }, as: 'frame' } } },
  },
  {
    name: 'what it saves is empty from the beginning, so that nothing of an earlier call is taken for its result',
    params: { flow: 'price', save: [{ name: 'price', from: 'total' }] },
    vars: { price: 9 },
    expect: { set: { price: null }, then: { begin: { flow: 'price', input: {}, as: 'frame' } } },
  },
  {
    name: 'with a waiting time the call ends when it is over',
    params: { flow: 'price', timeout: { value: 5, unit: 'minutes' } },
    expect: { then: { begin: { flow: 'price', input: {}, as: 'frame' }, until: '2026-11-24T09:05:00.000Z' } },
  },
  {
    name: 'what is not waited for runs in the background',
    params: { flow: 'price', wait: false },
    expect: { then: { begin: { flow: 'price', input: {}, as: 'background' } } },
  },
  {
    name: 'outputs are saved by expressions over them alone',
    params: {
      flow: 'price',
      save: [
        { name: 'price', from: 'result.total' },
        { name: 'other', from: 'n' },
      ],
    },
    vars: { n: 17 },
    on: { returned: { result: { total: 5 } } },
    expect: { set: { price: 5, other: null }, then: { exit: 'next' } },
    warnings: ['save/nothing-there'],
  },
  {
    name: 'a flow that took too long leaves by its own way',
    params: { flow: 'price', timeout: { value: 5, unit: 'minutes' } },
    on: { timeout: true },
    expect: { then: { exit: 'timedOut' } },
  },
  {
    name: 'a flow that failed says why',
    params: { flow: 'price' },
    on: { failed: { code: 'flow/over-budget', reason: 'too much' } },
    expect: { then: { fail: { code: 'flow/over-budget', reason: 'too much' } } },
  },
];
