import type { NodeCase } from '../../src/contract/index.js';

const BEFORE = '2026-11-01T00:00:00.000Z';
const NOW = '2026-11-24T09:00:00.000Z';
const vip = { group: 'vip', since: BEFORE };
const many = Array.from({ length: 200 }, (_, n) => ({ group: `g${n}`, since: BEFORE }));

export const cases: readonly NodeCase[] = [
  {
    name: 'the contact joins the group now, beside those they are in',
    params: { group: 'beta' },
    contact: { groups: [vip] },
    expect: { setContact: { groups: [vip, { group: 'beta', since: NOW }] }, then: { exit: 'next' } },
  },
  {
    name: 'joining again keeps the first time',
    params: { group: 'vip' },
    contact: { groups: [vip] },
    expect: { then: { exit: 'next' } },
  },
  {
    name: 'the code may come from a template; capital letters become small ones',
    params: { group: 'city-{{ city }}' },
    vars: { city: 'Berlin ' },
    expect: { setContact: { groups: [{ group: 'city-berlin', since: NOW }] }, then: { exit: 'next' } },
  },
  {
    name: 'a value that is not a code joins nothing, with a warning',
    params: { group: '{{ city }}' },
    vars: { city: 'São Paulo' },
    expect: { then: { exit: 'next' } },
    warnings: ['group/bad-code'],
  },
  {
    name: 'a contact in 200 groups joins no other, with a warning',
    params: { group: 'vip' },
    contact: { groups: many },
    expect: { then: { exit: 'next' } },
    warnings: ['group/too-many'],
  },
];
