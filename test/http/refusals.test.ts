import { expect } from 'chai';
import { aFlow, aGreeting, at } from '../support/builders.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, TEST_KEY, type TestApp } from '../support/test-app.js';

const config = { ...ACCOUNT, baseUrl: 'http://127.0.0.1:9' };

describe('a call that is refused', () => {
  let host: TestApp;
  let viewer: string;
  before(async () => {
    host = await startTestApp();
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config });
    for (const code of ['one', 'two']) {
      await host.call('POST', '/api/flows', aFlow(code, { triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['hi'] } }] }));
      await host.call('PUT', `/api/flows/${code}/channels`, { channels: ['wa'] });
    }
    expect((await host.call('POST', '/api/flows/one/publish', {})).status).to.equal(200);
    viewer = (await host.call('POST', '/api/keys', { name: 'viewer', role: 'viewer' })).json.key;
  });
  after(() => host.app.stop());

  const start = { contact: { identity: 'whatsapp:4915112345678' }, channel: 'wa' };
  for (const [method, path, body, status, code] of [
    ['DELETE', '/keys/none', undefined, 404, 'key/none'],
    ['POST', '/channels', { id: 'x', adapter: 'whatsapp', name: 'X', config: {} }, 422, 'channel/invalid'],
    ['PUT', '/channels/wa', { name: 'X', config: { ...config, accessToken: 7 } }, 422, 'channel/invalid'],
    ['PUT', '/flows/one/draft', aFlow('one'), 428, 'draft/no-revision'],
    ['GET', '/flows/one/draft/history/9', undefined, 404, 'draft/not-kept'],
    ['GET', '/flows/none/draft/history', undefined, 404, 'flow/unknown'],
    ['GET', '/flows/one/versions/9', undefined, 404, 'flow/no-version'],
    ['GET', '/flows/one/export?version=9', undefined, 404, 'flow/no-version'],
    ['POST', '/flows/one/rollback', { version: 9 }, 404, 'flow/no-version'],
    ['POST', '/flows/one/trigger', start, 409, 'start/not-manual'],
    ['POST', '/flows/two/publish', {}, 409, 'flow/tie'],
    ['POST', '/flows/two/publish', { definition: aFlow('two') }, 422, 'http/bad-body'],
    ['POST', '/flows/two/publish', { dryRun: true, definition: aFlow('one') }, 422, 'flow/other-code'],
    ['POST', '/flows/two/publish', { dryRun: true, definition: {} }, 422, 'flow/invalid'],
    ['GET', '/sessions/none', undefined, 404, 'session/unknown'],
    ['GET', '/sessions/none/turns', undefined, 404, 'session/unknown'],
    ['GET', '/sessions/none/messages', undefined, 404, 'session/unknown'],
    ['POST', '/sessions/none/end', {}, 404, 'session/unknown'],
    ['POST', '/sessions/none/resume', {}, 404, 'session/unknown'],
    ['POST', '/sessions/none/move', { node: 'end' }, 404, 'session/unknown'],
    ['POST', '/sessions/none/replay', {}, 404, 'session/unknown'],
  ] as const)
    it(`${method} ${path} is answered ${status} ${code}`, async () => {
      const answer = await host.call(method, `/api${path}`, body);
      expect([answer.status, answer.json?.code]).to.deep.equal([status, code]);
      expect(answer.json.detail).to.be.a('string').with.length.greaterThan(5);
    });

  it('for want of a key, or of a role, has changed nothing', async () => {
    const nobody = await host.call('POST', '/api/flows', aFlow('new'), { authorization: '' });
    const other = await host.call('POST', '/api/flows', aFlow('new'), { authorization: `Bearer ${viewer}` });
    expect([nobody.status, nobody.json.code, other.status, other.json.code]).to.deep.equal([401, 'key/missing', 403, 'key/wrong-role']);
    expect((await host.call('GET', '/api/flows/new')).status).to.equal(404);
  });

  it('for a tie leaves the flow as it was; where the other is OFFLINE there is no tie, and then not back', async () => {
    expect((await host.call('GET', '/api/flows/two')).json.online).to.equal(undefined);
    await host.call('POST', '/api/flows/one/offline', {});
    expect((await host.call('POST', '/api/flows/two/publish', {})).status).to.equal(200);
    const back = await host.call('POST', '/api/flows/one/rollback', { version: 1 });
    expect([back.status, back.json.code]).to.deep.equal([409, 'flow/tie']);
  });

  it('by a mistake of the host tells its id, and nothing else of it', async () => {
    const list = host.app.store.keys.list;
    Reflect.set(host.app.store.keys, 'list', async () => {
      throw new Error('a secret of the inside');
    });
    const answer = await fetch(`${host.url}/api/keys`, { headers: { authorization: `Bearer ${TEST_KEY}` } });
    const text = await answer.text();
    const problem = JSON.parse(text) as { readonly code: string; readonly id: string };
    Reflect.set(host.app.store.keys, 'list', list);
    expect([answer.status, problem.code]).to.deep.equal([500, 'http/bug']);
    expect(problem.id).to.match(/^[0-9a-f-]{36}$/);
    expect(text).to.not.include('inside');
  });

  it('shows nothing of a channel whose adapter is missing', async () => {
    const stored = {
      ...{ id: 'old', adapter: 'pigeon', name: 'Old', createdAt: at(0), updatedAt: at(0) },
      config: { ring: 'a-ring-of-old' },
    };
    await host.app.store.channels.create(stored);
    for (const path of ['/api/channels', '/api/channels/old']) {
      const { status, text } = await host.call('GET', path);
      expect(status).to.equal(200);
      expect(text).to.include('"ring":{"set":true}').and.to.not.include('a-ring-of-old');
    }
  });
});

describe('every list of the API', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp();
    for (const i of [1, 2, 3]) {
      await host.call('POST', '/api/channels', {
        ...{ id: `wa${i}`, adapter: 'whatsapp', name: 'WA' },
        config: { ...config, phoneNumberId: `10${i}` },
      });
      await host.call('POST', '/api/flows', { ...aGreeting(), code: `flow${i}`, triggers: [{ type: 'TriggeredManually' }] });
      await host.call('POST', '/api/keys', { name: `key${i}`, role: 'viewer' });
      await host.call('POST', '/api/flows/flow1/publish', { remark: `${i}` });
    }
    for (const i of [1, 2, 3])
      await host.call('POST', '/api/flows/flow1/trigger', { contact: { identity: `whatsapp:491511234567${i}` }, channel: 'wa1' });
    const { json } = await host.call('GET', '/api/sessions');
    for (const i of [2, 3])
      await host.call('POST', '/api/flows/flow1/trigger', { contact: { id: json.items[0].id }, channel: 'wa1', uuid: `${i}` });
    session = json.items[0].id;
  });
  after(() => host.app.stop());
  let session: string;

  for (const path of [
    '/channels',
    '/flows',
    '/keys',
    '/audit',
    '/contacts',
    '/sessions',
    '/sessions/{session}/turns',
    '/sessions/{session}/messages',
    '/flows/flow1/versions',
    '/flows/flow1/results',
  ])
    it(`${path} has everything, in one page or in pages of one or two, and ends`, async () => {
      const pages = async (limit: number) => {
        const found: unknown[] = [];
        let cursor = '';
        for (let page = 0; page < 50; page += 1) {
          const { json } = await host.call('GET', `/api${path.replace('{session}', session)}?limit=${limit}${cursor}`);
          expect(json.items.length).to.be.at.most(limit);
          found.push(...json.items);
          if (json.next === undefined) return found;
          cursor = `&cursor=${json.next}`;
        }
        throw new Error('the list does not end');
      };
      await until(async () => (await pages(200)).length >= 3);
      const all = await pages(200);
      expect(await pages(1)).to.deep.equal(all);
      expect(await pages(2)).to.deep.equal(all);
      expect(await pages(all.length)).to.deep.equal(all);
    });
});
