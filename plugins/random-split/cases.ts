import type { NodeCase } from '../../src/contract/index.js';

const arms = (weight = 1) => [{ name: 'a', weight }, { name: 'b' }, { name: 'c' }];
const person = (id: string) => ({ id });

export const cases: readonly NodeCase[] = [
  { name: 'a person goes by one of the arms', params: { arms: arms() }, contact: person('s1'), expect: { then: { exit: 'b' } } },
  { name: 'another person goes by another one', params: { arms: arms() }, contact: person('s9'), expect: { then: { exit: 'c' } } },
  {
    name: 'the order of the arms changes nothing',
    params: { arms: arms().reverse() },
    contact: person('s2'),
    expect: { then: { exit: 'b' } },
  },
  {
    name: 'nearly everybody goes by an arm with a large weight',
    params: { arms: arms(999_999) },
    contact: person('s2'),
    expect: { then: { exit: 'a' } },
  },
  {
    name: 'nobody goes by an arm with the weight 0',
    params: { arms: arms(0) },
    contact: person('s1'),
    expect: { then: { exit: 'b' } },
  },
  {
    name: 'one that is not sticky is drawn anew',
    params: { arms: arms(), sticky: false },
    contact: person('s1'),
    expect: { then: { exit: 'a' } },
  },
  { name: 'a single arm is for everybody', params: { arms: [{ name: 'all', weight: 0.1 }] }, expect: { then: { exit: 'all' } } },
];
