import type { NodeCase } from '../../src/contract/index.js';

export const cases: readonly NodeCase[] = [
  {
    name: 'the other flow begins in the place of this one',
    params: { flow: 'orders', input: [{ name: 'order', value: '{{ n }}' }] },
    vars: { n: 17 },
    expect: { then: { begin: { flow: 'orders', input: { order: 17 }, as: 'instead' } } },
  },
  {
    name: 'which flow it is may be decided by a variable',
    params: { flow: 'orders-{{ country }}' },
    vars: { country: 'de' },
    expect: { then: { begin: { flow: 'orders-de', input: {}, as: 'instead' } } },
  },
  {
    name: 'what a dialog comes to is what the flow comes to',
    params: { flow: 'dialog:survey' },
    on: { returned: { result: 5 } },
    expect: { then: { end: { outputs: { result: 5 } } } },
  },
  {
    name: 'a dialog that fails makes the run fail',
    params: { flow: 'dialog:survey' },
    on: { failed: { code: 'flow/dialog-failed', reason: 'no' } },
    expect: { then: { fail: { code: 'flow/call-failed', reason: 'the dialog that was begun failed' } } },
  },
];
