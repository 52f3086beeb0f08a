import type { NodeCase } from '../../src/contract/index.js';

export const cases: readonly NodeCase[] = [
  {
    name: 'the other flow begins in the place of this one',
    params: { flow: 'orders', input: [{ name: 'order', value: '{{ n }}' }] },
    vars: { n: 17 },
    expect: { then: { begin: { flow: 'orders', input: { order: 17 }, as: 'instead' } } },
  },
  {
    name: 'the code of the flow may be a template',
    params: { flow: 'orders-{{ country }}' },
    vars: { country: 'de' },
    expect: { then: { begin: { flow: 'orders-de', input: {}, as: 'instead' } } },
  },
  {
    name: 'the result of a dialog is the output of the flow',
    params: { flow: 'dialog:survey' },
    on: { returned: { result: 5 } },
    expect: { then: { end: { outputs: { result: 5 } } } },
  },
  {
    name: 'a dialog that has failed makes the flow fail',
    params: { flow: 'dialog:survey' },
    on: { failed: { code: 'flow/dialog-failed', reason: 'no' } },
    expect: { then: { fail: { code: 'flow/call-failed', reason: 'the dialog that was begun failed' } } },
  },
];
