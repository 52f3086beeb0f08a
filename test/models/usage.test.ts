import { expect } from 'chai';
import { modelUsageOf } from '../../src/contract/host/index.js';
import type { FlowEvent, Json } from '../../src/contract/index.js';
import { createMeters } from '../../src/meters/create-meters.js';
import { createFigures } from '../../src/meters/figures.js';
import { createMetrics } from '../../src/meters/metrics.js';
import { startModelServer } from '../../src/testing/index.js';
import { at } from '../support/builders.js';
import { eventually } from '../support/eventually.js';
import { startTestApp } from '../support/test-app.js';

const result = (value: Json, ok = true): FlowEvent => ({ id: 'c1:result', at: at(0), type: 'callResult', callId: 'c1', ok, value });

describe('the tokens of models', () => {
  it('are read of results of services that have them', () => {
    expect(modelUsageOf(result({ text: 'x', usage: { input: 3, output: 4 }, cost: 0.5 }))).to.deep.equal({
      input: 3,
      output: 4,
      cost: 0.5,
    });
    for (const value of [
      null,
      'x',
      { usage: 3 },
      { usage: { input: 1 } },
      { usage: { input: -1, output: 1 } },
      { usage: { input: 'x', output: 1 } },
    ])
      expect(modelUsageOf(result(value)), JSON.stringify(value)).to.equal(undefined);
    expect(modelUsageOf(result({ usage: { input: 3, output: 4 } }, false))).to.equal(undefined);
  });

  it('are counted by flow, once for each turn that is stored', async () => {
    const metrics = createMetrics();
    const meters = createMeters([createFigures(metrics)]);
    const path = [{ run: 'r1', flow: 'faq', version: 1, node: 'it' }];
    const decision = { effects: [], path, decision: { kind: 'resumed', reason: '', tried: [] } } as never;
    for (const cost of [0.5, 0.25]) meters.turn('s1', result({ usage: { input: 3, output: 4 }, cost })).taken(decision);
    meters.turn('s1', result({ usage: { input: 3, output: 4 } })).ended('duplicate');
    const lines = ((await metrics.registers[0]?.metrics()) ?? '').split('\n').filter((line) => line.startsWith('parley_model_'));
    expect(lines).to.deep.equal([
      'parley_model_tokens_total{flow="faq",direction="input"} 6',
      'parley_model_tokens_total{flow="faq",direction="output"} 8',
      'parley_model_cost_total{flow="faq"} 0.75',
    ]);
  });

  it('are in the turn log of the API', async () => {
    const model = await startModelServer();
    const { app, call } = await startTestApp({ OUTBOUND_ALLOW: model.allow });
    const params = {
      model: { baseUrl: model.baseUrl, name: 'small', prices: { input: 1_000_000, output: 0 } },
      prompt: 'A joke.',
      saveAs: 'joke',
    };
    const nodes = [
      { id: 'start', type: 'start', params: {} },
      { id: 'it', type: 'generate-text', params },
      { id: 'end', type: 'end', params: {} },
    ];
    const edges = [
      { from: 'start', port: 'next', to: 'it' },
      { from: 'it', port: 'next', to: 'end' },
    ];
    const triggers = [{ type: 'TriggeredManually' }];
    const config = { authToken: 'a-token', senderName: 'Bot', uri: 'bot', baseUrl: 'http://127.0.0.1:9' };
    await call('POST', '/api/channels', { id: 'vb', adapter: 'viber', name: 'Bot', config });
    const created = await call('POST', '/api/flows', { format: 'parley/1', code: 'joke', name: 'Joke', triggers, nodes, edges });
    expect(created.json.problems, 'a private address that is allowed').to.deep.equal([]);
    expect((await call('POST', '/api/flows/joke/publish', {})).status).to.equal(200);
    const start = { data: {}, uuid: 'u1', contact: { identity: 'viber:vb:ada==' }, channel: 'vb' };
    const { json } = await call('POST', '/api/flows/joke/trigger', start);
    const turns = async () => (await call('GET', `/api/sessions/${json.sessionId}/turns`)).json.items;
    await eventually(async () => expect(await turns()).to.have.length(2));
    const [, answered] = await turns();
    expect(answered.event).to.include({ type: 'callResult' });
    expect(answered.event.usage).to.deep.equal({ input: 2, output: 5, cost: 2 });
    await app.stop();
    await model.close();
  });
});
