import type { NodeCase } from '../../src/contract/index.js';

const SINCE = '2026-11-01T00:00:00.000Z';
const [vip, beta] = [
  { group: 'vip', since: SINCE },
  { group: 'beta', since: SINCE },
];

export const cases: readonly NodeCase[] = [
  {
    name: 'the contact leaves the group, and stays in the others',
    params: { group: 'vip' },
    contact: { groups: [vip, beta] },
    expect: { setContact: { groups: [beta] }, then: { exit: 'next' } },
  },
  {
    name: 'who is not in the group leaves nothing',
    params: { group: 'vip' },
    contact: { groups: [beta] },
    expect: { then: { exit: 'next' } },
  },
  {
    name: 'the code may come from a template',
    params: { group: '{{ said }}' },
    vars: { said: 'VIP' },
    contact: { groups: [vip] },
    expect: { setContact: { groups: [] }, then: { exit: 'next' } },
  },
  {
    name: 'a value that is not a code leaves nothing, with a warning',
    params: { group: '{{ said }}' },
    contact: { groups: [vip] },
    expect: { then: { exit: 'next' } },
    warnings: ['template/undefined', 'group/bad-code'],
  },
  {
    name: 'the contact leaves all groups',
    params: { all: true },
    contact: { groups: [vip, beta] },
    expect: { setContact: { groups: [] }, then: { exit: 'next' } },
  },
  { name: 'who is in no group leaves nothing', params: { all: true }, expect: { then: { exit: 'next' } } },
];
