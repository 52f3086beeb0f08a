import { type EffectBody, type JsonObject, type NodeCase, STARTS } from '../../src/contract/index.js';

const call = (input: JsonObject): EffectBody => ({ kind: 'call', service: STARTS, input });

export const cases: readonly NodeCase[] = [
  {
    name: 'asks for the start, and waits for the answer where a refusal leads somewhere',
    params: { flow: 'notify', contact: ' {{ boss }} ', input: [{ name: 'order', value: '{{ n }}' }] },
    vars: { boss: 'whatsapp:491', n: 17 },
    expect: { effects: [call({ flow: 'notify', contact: 'whatsapp:491', input: { order: 17 } })], then: { wait: { for: 'call' } } },
  },
  {
    name: 'goes on at once where it does not',
    params: { flow: 'notify', contact: '+49 1511 2345678' },
    linked: ['next'],
    expect: { effects: [call({ flow: 'notify', contact: '+49 1511 2345678', input: {} })], then: { exit: 'next' } },
  },
  {
    name: 'a start leads out by next, however long the flow takes',
    params: { flow: 'notify', contact: 's1' },
    on: { result: { sessionId: 's2', runId: 'r2', status: 'queued' } },
    expect: { then: { exit: 'next' } },
  },
  {
    name: 'a refusal leads out by failed, with the code of the trigger endpoint',
    params: { flow: 'notify', contact: 's1' },
    on: { failed: { code: 'start/not-online', reason: '"notify" is not ONLINE.', status: 409 } },
    expect: { then: { fail: { code: 'start/not-online', reason: '"notify" is not ONLINE.', status: 409 } } },
  },
];
