import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { OperationalError } from '../../src/contract/host/index.js';
import { aFlow } from '../support/builders.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, TEST_KEY, type TestApp } from '../support/test-app.js';

describe('the door', () => {
  let host: TestApp;
  beforeEach(async () => {
    host = await startTestApp();
  });
  afterEach(() => host.app.stop());
  const call: TestApp['call'] = (...args) => host.call(...args);
  const statusWith = async (key: string) => (await call('GET', '/api/flows', undefined, { authorization: `Bearer ${key}` })).status;

  describe('keys', () => {
    it('are slowed down when tried: after thirty that are not known an address hears 429, and when it may try again', async () => {
      for (let i = 0; i < 30; i += 1) expect(await statusWith(`pk_guess-${i}`)).to.equal(401);
      const refused = await call('GET', '/api/flows', undefined, { authorization: 'Bearer pk_guess-31' });
      expect([refused.status, refused.json.code, refused.headers.get('retry-after')]).to.deep.equal([429, 'key/too-many-guesses', '60']);
    });

    it('that were good before are let in all the same, and one that was never used is not even looked at', async () => {
      const made = await call('POST', '/api/keys', { name: 'new', role: 'viewer' });
      for (let i = 0; i < 30; i += 1) await statusWith(`pk_guess-${i}`);
      expect(await statusWith(TEST_KEY)).to.equal(200);
      expect(await statusWith(made.json.key)).to.equal(429);
    });

    it('are counted by the address behind the proxies that are there, and by no other word of the caller', async () => {
      const from = async (address: string, app: TestApp) =>
        (await app.call('GET', '/api/flows', undefined, { authorization: 'Bearer pk_guess', 'x-forwarded-for': address })).status;
      for (let i = 0; i < 30; i += 1) await from(`10.0.0.${i}`, host);
      expect(await from('10.0.0.99', host)).to.equal(429);
      const behind = await startTestApp({ PROXIES: '1' });
      for (let i = 0; i < 30; i += 1) await from(`10.0.0.${i}`, behind);
      expect(await from('10.0.0.99', behind)).to.equal(401);
      await behind.app.stop();
    });

    it('without a key nobody is counted', async () => {
      for (let i = 0; i < 40; i += 1) expect((await call('GET', '/api/flows', undefined, { authorization: '' })).status).to.equal(401);
    });

    it('are kept as hashes, shown once, and tell when they were last used', async () => {
      const made = await call('POST', '/api/keys', { name: 'reader', role: 'viewer' });
      expect(await statusWith(made.json.key)).to.equal(200);
      const listed = await call('GET', '/api/keys');
      expect(listed.text).to.not.include(made.json.key);
      expect(listed.text).to.not.match(/[0-9a-f]{64}/);
      expect(listed.json.items[0].lastUsedAt).to.be.a('string');
      expect((await call('DELETE', `/api/keys/${made.json.id}`)).status).to.equal(204);
      expect(await statusWith(made.json.key)).to.equal(401);
    });
  });

  describe('by its clock', () => {
    let clock: ManualClock;
    let timed: TestApp;
    beforeEach(async () => {
      clock = manualClock();
      timed = await startTestApp({}, undefined, { clock });
    });
    afterEach(() => timed.app.stop());

    it('a key tells when it was last used, to the minute', async () => {
      const { key } = (await timed.call('POST', '/api/keys', { name: 'reader', role: 'viewer' })).json;
      const lastUsed = async () => (await timed.call('GET', '/api/keys')).json.items[0].lastUsedAt;
      const first = clock.now();
      for (const [later, isNoted] of [
        [0, true],
        [60_000, false],
        [1, true],
      ] as const) {
        clock.advance(later);
        await timed.call('GET', '/api/flows', undefined, { authorization: `Bearer ${key}` });
        const expected = isNoted ? clock.now() : first;
        await until(async () => (await lastUsed()) === expected);
      }
    });

    it('whether it is ready is asked once a second at most', async () => {
      let asked = 0;
      const ping = async () => {
        asked += 1;
        if (asked > 1) throw new OperationalError('store/away', 'gone');
      };
      Reflect.set(timed.app.store, 'ping', ping);
      const ready = async () => (await timed.call('GET', '/health/ready', undefined, { authorization: '' })).status;
      clock.advance(1_000);
      expect([await ready(), await ready()]).to.deep.equal([200, 200]);
      clock.advance(999);
      expect([await ready(), asked]).to.deep.equal([200, 1]);
      clock.advance(1);
      expect([await ready(), asked]).to.deep.equal([503, 2]);
    });
  });

  describe('the audit log', () => {
    const entries = async () => (await call('GET', '/api/audit?limit=200')).json.items;

    it('has every change with who, when, what, before and after, the newest first', async () => {
      const editor = (await call('POST', '/api/keys', { name: 'Grace', role: 'editor' })).json.key;
      const as = { authorization: `Bearer ${editor}` };
      await call('POST', '/api/flows', aFlow('news', { triggers: [{ type: 'TriggeredManually' }] }), as);
      await call('PATCH', '/api/flows/news', { remark: 'of today' }, as);
      await call('POST', '/api/flows/news/publish', { sessions: 'keep' }, as);
      const [published, changed, created, key] = await entries();
      expect([published.action, published.target, published.by.name, published.by.role]).to.deep.equal([
        'flow.publish',
        'flow:news',
        'Grace',
        'editor',
      ]);
      expect([published.before.state, published.after.version, published.after.sessions]).to.deep.equal(['OFFLINE', 1, 'keep']);
      expect([changed.action, changed.before.remark, changed.after.remark]).to.deep.equal(['flow.change', '', 'of today']);
      expect([created.action, key.action, key.after.name]).to.deep.equal(['flow.create', 'key.create', 'Grace']);
      expect(Date.parse(published.at)).to.be.at.least(Date.parse(key.at));
      const ofTheFlow = await call('GET', '/api/audit?target=flow:news&limit=2');
      expect(ofTheFlow.json.items.map((one: { action: string }) => one.action)).to.deep.equal(['flow.publish', 'flow.change']);
      const rest = await call('GET', `/api/audit?target=flow:news&cursor=${ofTheFlow.json.next}`);
      expect(rest.json.items.map((one: { action: string }) => one.action)).to.deep.equal(['flow.create']);
    });

    it('has no secret, of a channel neither', async () => {
      const made = await call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: ACCOUNT });
      await call('PUT', '/api/channels/wa', {
        ...made.json,
        name: 'Renamed',
        config: { ...made.json.config, accessToken: 'another-token' },
      });
      await call('POST', '/api/keys', { name: 'k', role: 'viewer' });
      const { text, json } = await call('GET', '/api/audit');
      for (const secret of [ACCOUNT.accessToken, ACCOUNT.appSecret, ACCOUNT.verifyToken, 'another-token'])
        expect(text).to.not.include(`"${secret}"`);
      expect(text).to.not.include('pk_');
      expect(json.items.map((one: { action: string }) => one.action)).to.deep.equal(['key.create', 'channel.change', 'channel.create']);
      expect([json.items[1].before.name, json.items[1].after.name]).to.deep.equal(['WA', 'Renamed']);
    });

    it('has nothing of what was refused, only tried, or only looked at', async () => {
      await call('POST', '/api/flows', aFlow('once', { triggers: [{ type: 'TriggeredManually' }] }));
      await call('POST', '/api/flows', aFlow('once'));
      await call('POST', '/api/flows/once/publish', { dryRun: true });
      await call('POST', '/api/flows/once/check', {});
      expect((await entries()).map((one: { action: string }) => one.action)).to.deep.equal(['flow.create']);
    });
  });

  describe('the gallery', () => {
    it('has templates that are listed, read, and made a flow of', async () => {
      const { items } = (await call('GET', '/api/templates')).json;
      expect(items.map((one: { id: string }) => one.id)).to.include('welcome');
      expect(items.find((one: { id: string }) => one.id === 'welcome')).to.deep.include({
        triggers: ['TriggeredByWhatsApp'],
        platforms: ['whatsapp'],
      });
      for (const { id, nodes } of items) {
        const file: unknown = JSON.parse(readFileSync(`templates/${id}.json`, 'utf8'));
        expect((await call('GET', `/api/templates/${id}`)).json, id).to.deep.equal({ id, definition: file });
        expect(nodes).to.equal((file as { readonly nodes: object[] }).nodes.length);
      }
      const unknown = await call('GET', '/api/templates/mars');
      expect([unknown.status, unknown.json.code]).to.deep.equal([404, 'flow/no-template']);
      const { definition } = (await call('GET', '/api/templates/welcome')).json;
      expect((await call('POST', '/api/flows/x/check', definition)).status).to.equal(404);
      const made = await call('POST', '/api/flows', { template: 'welcome', name: 'My welcome' });
      expect([made.status, made.json.code, made.json.name, made.json.problems]).to.deep.equal([201, 'my-welcome', 'My welcome', []]);
      expect((await call('POST', '/api/flows', { template: '../secrets' })).json.code).to.equal('flow/no-template');
    });
  });
});
