import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import Joi from 'joi';
import { openAdminKey } from '../src/admin-key.js';
import { definePlugin } from '../src/contract/index.js';
import { PRUNABLE } from '../src/contract/store/index.js';
import { openLinkSeal } from '../src/link-seal.js';
import { openLog } from '../src/open-log.js';
import { bothStores } from './support/both-stores.js';
import { aFlow } from './support/builders.js';
import { type ManualClock, manualClock } from './support/manual-clock.js';
import { ACCOUNT, until } from './support/small-world.js';
import { startTestApp, TEST_KEY } from './support/test-app.js';

for (const { name, open } of bothStores)
  describe(`the secrets of an installation: ${name}`, () => {
    it('its admin key is made once, and from then on only its hash is known', async () => {
      const { store, drop } = await open();
      const first = await openAdminKey(store, undefined);
      expect([first.isNew, first.known]).to.satisfy(([isNew, known]: [boolean, string]) => isNew && /^pk_[0-9a-f]{48}$/.test(known));
      expect(await openAdminKey(store, undefined)).to.deep.equal({ hash: first.hash, isNew: false });
      const given = await openAdminKey(store, 'given');
      expect([given.known, given.isNew, given.hash === first.hash]).to.deep.equal(['given', false, false]);
      expect((await openAdminKey(store, undefined)).hash, 'a given key is not kept').to.equal(first.hash);
      await drop();
    });

    it('its links are sealed alike at every start and on every host, and not as anywhere else', async () => {
      const [own, other] = await Promise.all([open(), open()]);
      const [first, second, elsewhere] = await Promise.all([own.store, own.store, other.store].map(openLinkSeal));
      expect(first?.('s1 viber')).to.match(/^[a-z2-7]{16}$/);
      expect(second?.('s1 viber')).to.equal(first?.('s1 viber'));
      expect(first?.('s2 viber')).to.not.equal(first?.('s1 viber'));
      expect(elsewhere?.('s1 viber')).to.not.equal(first?.('s1 viber'));
      await Promise.all([own.drop(), other.drop()]);
    });
  });

describe('a host', () => {
  it('that was given no key shows the one that it makes, once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-key-'));
    const start = () => startTestApp({ DATA_DIR: folder, PARLEY_ADMIN_KEY: '' });
    const first = await start();
    const key = first.app.newAdminKey ?? '';
    expect(first.app.adminKey).to.equal(key);
    await first.app.stop();
    const second = await start();
    expect([second.app.newAdminKey, second.app.adminKey]).to.deep.equal([undefined, undefined]);
    const listed = await second.call('GET', '/api/keys', undefined, { authorization: `Bearer ${key}` });
    await second.app.stop();
    expect(listed.status).to.equal(200);
    rmSync(folder, { recursive: true });
  });

  it('hides secrets in its log, whoever writes them: of channels, of flows, and its own key', async () => {
    const config = { ...ACCOUNT, accessToken: 'an-access-token-of-wa', appSecret: 'an-app-secret-of-wa', baseUrl: 'http://127.0.0.1:9' };
    const secrets = [config.accessToken, config.appSecret, TEST_KEY, 'a-secret-of-flows'];
    const tells = definePlugin<object>({
      node: {
        ...{
          type: 'tells',
          version: 1,
          title: 'tells',
          sentence: 'Does what the test needs.',
          group: 'core',
          params: Joi.object({}),
          ports: [{ name: 'next' }],
        },
        enter: () => {
          throw new Error(`told ${secrets.join(' and ')}`);
        },
      },
    });
    let written = '';
    const sink = {
      write(chunk: string) {
        written += chunk;
      },
    };
    const host = await startTestApp({ PARLEY_SECRET_FLOWS: 'a-secret-of-flows' }, openLog('debug', sink), { plugins: [tells] });
    await host.call('POST', '/api/channels', {
      id: 'wa',
      adapter: 'whatsapp',
      name: 'WA',
      config,
    });
    const nodes = ['start', 'tells', 'end'].map((type) => ({ id: type, type, version: 1, params: {} }));
    const edges = [
      { from: 'start', port: 'next', to: 'tells' },
      { from: 'tells', port: 'next', to: 'end' },
    ];
    await host.call('POST', '/api/flows', aFlow('tell', { triggers: [{ type: 'TriggeredManually' }], nodes, edges }));
    await host.call('POST', '/api/flows/tell/publish', {});
    await host.call('POST', '/api/flows/tell/trigger', { contact: { identity: 'whatsapp:4915112345678' }, channel: 'wa' });
    await until(() => written.includes('told '));
    await host.app.stop();
    for (const secret of secrets) expect(written).to.not.include(secret);
  });

  it('gives an answer that was due while it was down a while to come', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-grace-'));
    const start = (clock: ManualClock) => startTestApp({ DATA_DIR: folder, RESTART_GRACE_SECONDS: '60' }, undefined, { clock });
    const before = await start(manualClock('2026-11-24T09:00:00.000Z'));
    const config = { ...ACCOUNT, baseUrl: 'http://127.0.0.1:9' };
    await before.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config });
    const nodes = [
      { id: 'start', type: 'start', version: 1, params: {} },
      { id: 'ask', type: 'wait-for-response', version: 1, params: { timeout: { value: 10, unit: 'minutes' } } },
      { id: 'end', type: 'end', version: 1, params: {} },
    ];
    const edges = [
      { from: 'start', port: 'next', to: 'ask' },
      { from: 'ask', port: 'replied', to: 'end' },
    ];
    await before.call('POST', '/api/flows', aFlow('ask', { triggers: [{ type: 'TriggeredManually' }], nodes, edges }));
    await before.call('POST', '/api/flows/ask/publish', {});
    const { json } = await before.call('POST', '/api/flows/ask/trigger', {
      contact: { identity: 'whatsapp:4915112345678' },
      channel: 'wa',
    });
    await before.app.stop();

    const clock = manualClock('2026-11-24T10:00:00.000Z');
    const host = await start(clock);
    const runs = async () => (await host.app.store.sessions.load(json.sessionId))?.state.runs.length;
    for (let second = 0; second < 59; second += 1) {
      clock.advance(1_000);
      await host.call('GET', '/api/flows');
    }
    expect(await runs()).to.equal(1);
    clock.advance(1_000);
    await until(async () => {
      clock.advance(1_000);
      return (await runs()) === 0;
    });
    await host.app.stop();
    rmSync(folder, { recursive: true });
  });

  it('keeps its retention a minute after its start, and then every hour', async () => {
    const clock = manualClock();
    const host = await startTestApp({ RETENTION_DAYS: '30' }, undefined, { clock });
    let asked = 0;
    const prune = async () => {
      asked += 1;
      return false;
    };
    Reflect.set(host.app.store.retention, 'prune', prune);
    const times = () => asked / PRUNABLE.length;
    clock.advance(59_999);
    await host.call('GET', '/api/flows');
    expect(times()).to.equal(0);
    clock.advance(1);
    await until(() => times() === 1);
    clock.advance(3_600_000);
    await until(() => times() === 2);
    await host.app.stop();
  });
});
