import type { NodeCase } from '../../src/contract/index.js';

const input = '{{ said }}';
const german = { identities: ['whatsapp:4915112345678'] };
const branches = [
  { name: 'dach', values: ['49', '+43', '41'] },
  { name: 'us', values: ['1'] },
];
const found = (value: string | null, exit = 'next') => ({ set: { found: value }, then: { exit } });

export const cases: readonly NodeCase[] = [
  {
    name: 'the calling code of a number is saved',
    params: { input, saveAs: 'found' },
    vars: { said: 'call +44 20 7946 0958 please' },
    expect: found('44'),
  },
  {
    name: 'the country of a number is saved',
    params: { input, output: 'region', saveAs: 'found' },
    vars: { said: '+44 20 7946 0958' },
    expect: found('GB'),
  },
  {
    name: 'a number without a country code is one of the country of the contact',
    params: { input, output: 'e164', saveAs: 'found' },
    vars: { said: 'mine is 0170 / 123 4567' },
    contact: german,
    expect: found('+491701234567'),
  },
  {
    name: 'the country may be given',
    params: { input, output: 'national', region: '{{ country }}', saveAs: 'found' },
    vars: { said: '020 7946 0958', country: 'gb' },
    contact: german,
    expect: found('020 7946 0958'),
  },
  {
    name: 'what is not a country counts as left out',
    params: { input, output: 'e164', region: 'Germany', saveAs: 'found' },
    vars: { said: '0170 1234567' },
    contact: german,
    expect: found('+491701234567'),
  },
  {
    name: 'a branch that has the calling code is taken, written with or without +',
    params: { input, branches, saveAs: 'found' },
    vars: { said: '+43 1 58858' },
    expect: found('43', 'dach'),
  },
  {
    name: 'a number that no branch has leaves by else',
    params: { input, branches, saveAs: 'found' },
    vars: { said: '+33 1 42 68 53 00' },
    expect: found('33', 'else'),
  },
  {
    name: 'countries of branches may be written in small letters',
    params: { input, output: 'region', branches: [{ name: 'uk', values: ['gb'] }] },
    vars: { said: '+44 20 7946 0958' },
    expect: { then: { exit: 'uk' } },
  },
  {
    name: 'a text without a number leaves by else, and the variable is null',
    params: { input, branches, saveAs: 'found' },
    vars: { said: 'I have no phone' },
    expect: found(null, 'else'),
  },
  {
    name: 'a text without a number leaves by next if there are no branches',
    params: { input, saveAs: 'found' },
    vars: { said: '12' },
    expect: found(null),
  },
];
