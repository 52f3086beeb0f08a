import type { Json, NodeCase } from '../../src/contract/index.js';

/** What the service is called with, beside what is named. The seed is that of the turn of every case. */
const asked = (code: string, given: Json, save: readonly string[] = []) => ({
  kind: 'call' as const,
  service: 'run-code',
  input: { code, given: { $plain: given }, now: '2026-11-24T09:00:00.000Z', seed: SEED, save: [...save], timeoutMillis: 200 },
  deadline: 30_000,
});
const SEED = 0.7528246766887605;
const total = 'return { total: vars.items.length };';
const then = { wait: { for: 'call' } } as const;

export const cases: readonly NodeCase[] = [
  {
    name: 'the code gets the variables that it names; what it saves is empty until it has returned',
    params: { code: total, save: ['total'] },
    vars: { items: [1, 2], total: 7, other: 'kept back' },
    expect: { effects: [asked(total, { vars: { items: [1, 2] } }, ['total'])], set: { total: null }, then },
  },
  {
    name: 'code that may read any variable gets all; the contact and the last message come as templates see them',
    params: { code: 'return { ...vars, contact, lastMessage };' },
    vars: { a: 1, b: null },
    contact: { name: 'Ada', fields: { city: 'Bern' } },
    expect: {
      effects: [
        asked('return { ...vars, contact, lastMessage };', {
          vars: { a: 1, b: null },
          contact: { id: 's1', name: 'Ada', groups: [], phone: '+491', identities: ['whatsapp:491'], city: 'Bern' },
          lastMessage: null,
        }),
      ],
      then,
    },
  },
  {
    name: 'a variable that looks like a secret stays what it is',
    params: { code: 'return { a: vars.a };' },
    vars: { a: { $sealed: [{ secret: 'SHOP' }] } },
    expect: { effects: [asked('return { a: vars.a };', { vars: { a: { $sealed: [{ secret: 'SHOP' }] } } })], then },
  },
  {
    name: 'the returned members are saved',
    params: { code: total, save: ['total'] },
    on: { result: { total: { n: 3 } } },
    expect: { set: { total: { n: 3 } }, then: { exit: 'next' } },
  },
  {
    name: 'a member that is not returned is null, with a warning',
    params: { code: 'return {};', save: ['total'] },
    on: { result: {} },
    expect: { set: { total: null }, then: { exit: 'next' } },
    warnings: ['save/nothing-there'],
  },
  {
    name: 'code that throws leads out by failed',
    params: { code: total, save: ['total'] },
    on: { failed: { code: 'code/error', reason: "line 1: TypeError: cannot read property 'length' of null" } },
    expect: { then: { fail: { code: 'code/error', reason: "line 1: TypeError: cannot read property 'length' of null" } } },
  },
];
