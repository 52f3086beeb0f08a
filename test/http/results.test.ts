import { expect } from 'chai';
import { aFlow } from '../support/builders.js';
import { eventually } from '../support/eventually.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the results of runs', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp();
    const config = { authToken: 'token-token', senderName: 'Shop', uri: 'shop', baseUrl: 'http://127.0.0.1:9' };
    await host.call('POST', '/api/channels', { id: 'vb', adapter: 'viber', name: 'Viber', config });
    const flow = aFlow('survey', {
      variables: [
        { name: 'name', type: 'text', input: true },
        { name: 'score', type: 'number', input: true },
        { name: 'total', type: 'number' },
        { name: 'outcome', type: 'text', default: 'good' },
      ],
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        { id: 'sum', type: 'set-variables', version: 1, params: { set: [{ name: 'total', value: '{{ score | times: 2 }}' }] } },
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: [
        { from: 'start', port: 'next', to: 'sum' },
        { from: 'sum', port: 'next', to: 'end' },
      ],
    });
    await host.call('POST', '/api/flows', flow);
    await host.call('PUT', '/api/flows/survey/channels', { channels: ['vb'] });
    await host.call('POST', '/api/flows/survey/publish', {});
    for (const [i, name] of ['Ada', '=HYPERLINK("x")', 'Łukasz, "the second"'].entries()) {
      const body = { contact: { identity: `viber:vb:person${i}==` }, channel: 'vb', data: { name, score: i + 0.5 } };
      expect((await host.call('POST', '/api/flows/survey/trigger', body)).status).to.equal(202);
    }
    await eventually(async () => expect((await host.call('GET', '/api/flows/survey/results')).json.items).to.have.length(3));
  });
  after(() => host.app.stop());

  it('hold the variables that each run had at its end, page after page', async () => {
    const first = await host.call('GET', '/api/flows/survey/results?limit=2');
    const second = await host.call('GET', `/api/flows/survey/results?limit=2&cursor=${first.json.next}`);
    const all = [...first.json.items, ...second.json.items];
    expect(all.map(({ outcome, version, variables: { name, total } }) => [outcome, version, name, total])).to.deep.equal([
      ['completed', 1, 'Ada', 1],
      ['completed', 1, '=HYPERLINK("x")', 3],
      ['completed', 1, 'Łukasz, "the second"', 5],
    ]);
    expect(first.json.columns).to.deep.equal([
      { name: 'name', type: 'text' },
      { name: 'score', type: 'number' },
      { name: 'total', type: 'number' },
      { name: 'outcome', type: 'text' },
    ]);
    expect(second.json).to.not.have.property('columns');
    expect([second.json.next, all.every(({ contact }) => typeof contact === 'string')]).to.deep.equal([undefined, true]);
  });

  it('are asked for by version and time', async () => {
    const count = async (query: string) => (await host.call('GET', `/api/flows/survey/results?${query}`)).json.items.length;
    expect([await count('version=1'), await count('version=2')]).to.deep.equal([3, 0]);
    expect([await count('since=2020-01-01T00:00:00Z'), await count('since=2099-01-01T00:00:00Z')]).to.deep.equal([3, 0]);
  });

  it('come as a CSV file whose cells a spreadsheet does not run', async () => {
    const { status, headers, text } = await host.call('GET', '/api/flows/survey/results?format=csv');
    expect([status, headers.get('content-type')]).to.deep.equal([200, 'text/csv; charset=utf-8']);
    const [head, ...rows] = text.replace('\ufeff', '').trim().split('\n');
    expect(head).to.equal('run,contact,version,outcome,startedBy,startedAt,endedAt,name,score,total,variables.outcome');
    expect(rows.map((row) => row.split('Z,').at(-1))).to.deep.equal([
      'Ada,0.5,1,good',
      `"'=HYPERLINK(""x"")",1.5,3,good`,
      '"Łukasz, ""the second""",2.5,5,good',
    ]);
  });

  it('of an unknown flow are not there', async () => {
    expect((await host.call('GET', '/api/flows/nothing/results')).status).to.equal(404);
  });
});
