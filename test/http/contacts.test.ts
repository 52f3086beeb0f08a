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

describe('a contact is changed by the API', () => {
  let host: TestApp;
  let path: string;
  const patch = (body: object) => host.call('PATCH', path, body);
  before(async () => {
    host = await startTestApp();
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: ACCOUNT });
    const flow = group('join', 'subscribe-to-group');
    await host.call('POST', '/api/flows', flow);
    await host.call('PUT', '/api/flows/join/channels', { channels: ['wa'] });
    await host.call('POST', '/api/flows/join/publish', {});
    const { json } = await host.call('POST', '/api/flows/join/trigger', { contact: { identity: ADA } });
    path = `/api/contacts/${json.sessionId}`;
  });
  after(() => host.app.stop());

  it('keeps what is left out, and removes what is null', async () => {
    const { status, json } = await patch({ name: 'Ada', language: 'pt_br', timeZone: 'Asia/Tokyo', fields: { city: 'Rome', size: 4 } });
    expect(status).to.equal(200);
    expect(json).to.deep.include({ name: 'Ada', language: 'pt-BR', timeZone: 'Asia/Tokyo', fields: { city: 'Rome', size: 4 } });
    expect((await patch({ timeZone: null, fields: { size: null } })).json.fields).to.deep.equal({ city: 'Rome' });
    const after = (await host.call('GET', path)).json;
    expect(after).to.deep.include({ name: 'Ada', language: 'pt-BR', fields: { city: 'Rome' }, groups: ['vip'] });
    expect(after).to.not.have.property('timeZone');
  });

  it('opts out and in again', async () => {
    expect((await patch({ optOut: { whatsapp: true } })).json.optOut).to.deep.equal({ whatsapp: true });
    const { status, json } = await host.call('POST', '/api/flows/join/trigger', { contact: { identity: ADA } });
    expect([status, json.code]).to.deep.equal([409, 'start/opted-out']);
    expect((await patch({ optOut: { whatsapp: false } })).json.optOut).to.deep.equal({});
  });

  it('refuses what is no language, no time zone, no name of a field, too much, and nothing', async () => {
    for (const body of [{ language: 'German' }, { timeZone: 'Berlin' }, { fields: { 'a b': 1 } }, { groups: [] }, {}])
      expect((await patch(body)).status, JSON.stringify(body)).to.equal(422);
    const { status, json } = await patch({ fields: { all: 'x'.repeat(200_000) } });
    expect([status, json.code]).to.deep.equal([409, 'contact/not-changed']);
    expect((await host.call('PATCH', '/api/contacts/nobody', { name: 'Ada' })).json.code).to.equal('contact/unknown');
  });
});

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
