import { expect } from 'chai';
import { aFlow } from '../support/builders.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const group = (code: string, type: string) =>
  aFlow(code, {
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      { id: 'group', type, version: 1, params: { group: 'vip' } },
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'group' },
      { from: 'group', port: 'next', to: 'end' },
    ],
  });
const ADA = 'whatsapp:4915112345678';
const BOB = 'whatsapp:4915112345679';

describe('the groups of contacts', () => {
  let host: TestApp;
  const get = async (path: string) => (await host.call('GET', path)).json.items;
  const groups = () => get('/api/groups');
  const run = async (flow: string, identity: string) => {
    const { status, text } = await host.call('POST', `/api/flows/${flow}/trigger`, { contact: { identity } });
    expect(status, text).to.equal(202);
  };
  before(async () => {
    host = await startTestApp();
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: ACCOUNT });
    for (const flow of [group('join', 'subscribe-to-group'), group('leave', 'unsubscribe-from-group')]) {
      await host.call('POST', '/api/flows', flow);
      await host.call('PUT', `/api/flows/${flow.code}/channels`, { channels: ['wa'] });
      await host.call('POST', `/api/flows/${flow.code}/publish`, {});
    }
  });
  after(() => host.app.stop());

  it('are listed with the number of their members, while somebody is in them', async () => {
    expect(await groups()).to.deep.equal([]);
    await run('join', ADA);
    await run('join', BOB);
    await until(async () => (await groups())[0]?.members === 2);
    expect(await groups()).to.deep.equal([{ code: 'vip', members: 2 }]);
    const first = (await host.call('GET', '/api/contacts?group=vip&limit=1')).json;
    const second = (await host.call('GET', `/api/contacts?group=vip&limit=1&cursor=${first.next}`)).json;
    const identities = [...first.items, ...second.items].flatMap((contact: { identities: string[] }) => contact.identities);
    expect(identities).to.include.members([ADA, BOB]);
    expect(second).to.not.have.property('next');
    expect(await get('/api/contacts?group=other')).to.deep.equal([]);
    expect(await get(`/api/contacts?group=other&identity=${ADA}`)).to.deep.equal([]);
    expect(await get(`/api/contacts?group=vip&identity=${ADA}`)).to.have.length(1);
    await run('leave', ADA);
    await run('leave', BOB);
    await until(async () => (await groups()).length === 0);
  });
});
