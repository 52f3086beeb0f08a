import type { NodeCase } from '../../src/contract/index.js';

export const cases: readonly NodeCase[] = [
  {
    name: 'the flow begins on top of this one, with its input',
    params: { flow: 'price', input: [{ name: 'order', value: '{{ n }}' }] },
    vars: { n: 17 },
    expect: { then: { begin: { flow: 'price', input: { order: 17 }, as: 'frame' } } },
  },
  {
    name: 'saved variables are null while the call lasts, so that no value of an earlier call is left',
    params: { flow: 'price', save: [{ name: 'price', from: 'total' }] },
    vars: { price: 9 },
    expect: { set: { price: null }, then: { begin: { flow: 'price', input: {}, as: 'frame' } } },
  },
  {
    name: 'with a timeout the call ends at that time',
    params: { flow: 'price', timeout: { value: 5, unit: 'minutes' } },
    expect: { then: { begin: { flow: 'price', input: {}, as: 'frame' }, until: '2026-11-24T09:05:00.000Z' } },
  },
  {
    name: 'a flow that is not waited for runs in the background',
    params: { flow: 'price', wait: false },
    expect: { then: { begin: { flow: 'price', input: {}, as: 'background' } } },
  },
  {
    name: 'outputs are saved by expressions that read nothing else',
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
    name: 'after the timeout the node is left by timedOut',
    params: { flow: 'price', timeout: { value: 5, unit: 'minutes' } },
    on: { timeout: true },
    expect: { then: { exit: 'timedOut' } },
  },
  {
    name: 'a called flow that has failed leads out by failed',
    params: { flow: 'price' },
    on: { failed: { code: 'flow/over-budget', reason: 'too much' } },
    expect: { then: { fail: { code: 'flow/over-budget', reason: 'too much' } } },
  },
];
