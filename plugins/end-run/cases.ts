import type { NodeCase } from '../../src/contract/index.js';

export const cases: readonly NodeCase[] = [
  {
    name: 'ends the runs that are in a flow',
    params: { flow: 'reminder' },
    expect: { endRuns: { flow: 'reminder', where: 'any' }, then: { exit: 'next' } },
  },
  {
    name: 'without a flow it ends all other runs of the person',
    params: {},
    expect: { endRuns: { where: 'any' }, then: { exit: 'next' } },
  },
  {
    name: 'may end only runs in the background, or starts that have not begun',
    params: { flow: 'reminder', where: 'queued' },
    expect: { endRuns: { flow: 'reminder', where: 'queued' }, then: { exit: 'next' } },
  },
  {
    name: 'the flow may be named by a variable',
    params: { flow: '{{ which }}', where: 'background' },
    vars: { which: 'reminder' },
    expect: { endRuns: { flow: 'reminder', where: 'background' }, then: { exit: 'next' } },
  },
  {
    name: 'a variable without a value ends nothing',
    params: { flow: '{{ which }}' },
    expect: { then: { exit: 'next' } },
    warnings: ['template/undefined'],
  },
];
