import type { NodeCase } from '../../src/contract/index.js';

export const cases: readonly NodeCase[] = [
  {
    name: 'asks for the indicator, and goes on at once',
    params: {},
    expect: { effects: [{ kind: 'typing' }], then: { exit: 'next' } },
  },
];
