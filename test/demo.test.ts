import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadConfig } from '../src/config/load.js';
import { startDemo } from '../src/demo.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const CHANNELS = ['demo-viber', 'demo-whatsapp'];

/** A host with the demo on free ports; what the demo said, line by line. */
interface DemoHost extends TestApp {
  readonly said: readonly string[];
  readonly demo: { stop(): Promise<void> };
  stop(): Promise<void>;
}

async function startDemoHost(env: Readonly<Record<string, string>> = {}): Promise<DemoHost> {
  const host = await startTestApp(env);
  const config = loadConfig({ EMULATOR_WHATSAPP_PORT: '0', EMULATOR_VIBER_PORT: '0' });
  if ('mistakes' in config) throw new Error(config.mistakes.join(', '));
  const said: string[] = [];
  const demo = await startDemo({ app: host.app, config, url: host.url, print: (line) => said.push(line) });
  return {
    ...host,
    said,
    demo,
    async stop() {
      await demo.stop();
      await host.app.stop();
    },
  };
}

/** What the store keeps of a demo channel's settings. */
async function settingsOf({ app }: TestApp, channel: string): Promise<Readonly<Record<string, string>>> {
  return ((await app.store.channels.get(channel))?.config ?? {}) as Readonly<Record<string, string>>;
}

/** A body that holds nothing, signed as Meta does, and the status that it is answered. */
async function knock(host: TestApp, secret: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const signature = `sha256=${createHmac('sha256', secret).update('{}').digest('hex')}`;
  return (await host.call('POST', '/webhooks/demo-whatsapp', '{}', { 'x-hub-signature-256': signature, ...headers })).status;
}

describe('the demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-demo-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has secrets of its own in each installation, and none of them stands in the source', async () => {
    const [one, other] = [await startDemoHost(), await startDemoHost()];
    const source = ['src/demo.ts', 'adapters/whatsapp/emulator/index.ts', 'adapters/viber/emulator/index.ts'].map((file) =>
      readFileSync(file, 'utf8'),
    );
    for (const [channel, name] of [
      ['demo-whatsapp', 'appSecret'],
      ['demo-whatsapp', 'accessToken'],
      ['demo-whatsapp', 'verifyToken'],
      ['demo-viber', 'authToken'],
    ] as const) {
      const secret = (await settingsOf(one, channel))[name] ?? '';
      expect(secret, name).to.have.length.at.least(32);
      expect((await settingsOf(other, channel))[name], name).not.to.equal(secret);
      expect(source.some((text) => text.includes(secret))).to.equal(false);
    }
    const { appSecret = '', accessToken, verifyToken } = await settingsOf(one, 'demo-whatsapp');
    expect(new Set([appSecret, accessToken, verifyToken]).size).to.equal(3);
    expect([await knock(one, appSecret), await knock(other, appSecret), await knock(one, 'demo-app-secret')]).to.deep.equal([
      200, 401, 401,
    ]);
    await one.stop();
    await other.stop();
  });

  it('is heard from this machine alone: a proxy or tunnel on it speaks for strangers', async () => {
    const host = await startDemoHost();
    const { appSecret = '' } = await settingsOf(host, 'demo-whatsapp');
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'cf-connecting-ip', 'x-forwarded-host'])
      expect(await knock(host, appSecret, { [name]: '127.0.0.1' }), name).to.equal(404);
    expect(await knock(host, appSecret)).to.equal(200);
    await host.stop();
  });

  it('takes back what it showed, and lets no page in a browser speak for a person', async () => {
    const host = await startDemoHost();
    const shown = (await host.call('GET', '/api/channels/demo-whatsapp')).json;
    const renamed = await host.call('PUT', '/api/channels/demo-whatsapp', { ...shown, name: 'Renamed' });
    expect([renamed.status, renamed.json.name, renamed.json.demo]).to.deep.equal([200, 'Renamed', true]);
    for (const channel of CHANNELS) {
      const { baseUrl = '' } = await settingsOf(host, channel);
      const say = (headers: Readonly<Record<string, string>>) =>
        fetch(`${baseUrl}/emulator/say`, { method: 'POST', body: '{"from":"4915112345678","text":"hi"}', headers });
      expect((await say({ origin: 'https://evil.example' })).status, channel).to.equal(403);
      expect((await say({})).status, channel).to.equal(200);
    }
    await host.stop();
  });

  it('is marked, and is no channel at the webhook where its emulator does not run', async () => {
    const host = await startDemoHost();
    const { items } = (await host.call('GET', '/api/channels')).json;
    expect(items.map(({ id, demo }: { readonly id: string; readonly demo?: boolean }) => [id, demo])).to.deep.equal(
      CHANNELS.map((id) => [id, true]),
    );
    const { appSecret = '', verifyToken } = await settingsOf(host, 'demo-whatsapp');
    await host.demo.stop();
    const shake = await host.call('GET', `/webhooks/demo-whatsapp?hub.mode=subscribe&hub.challenge=1&hub.verify_token=${verifyToken}`);
    expect([await knock(host, appSecret), shake.status]).to.deep.equal([404, 404]);
    await host.app.stop();
  });

  it('leaves its names to nobody else', async () => {
    const host = await startTestApp();
    const config = { authToken: 'a-token', senderName: 'Shop' };
    const made = await host.call('POST', '/api/channels', { id: 'demo-viber', adapter: 'viber', name: 'Shop', config });
    expect([made.status, made.json.code]).to.deep.equal([409, 'channel/taken']);
    await host.app.stop();
  });

  it('keeps its secrets and its owner’s changes from start to start, and what was deleted stays deleted', async () => {
    const env = { DATA_DIR: join(folder, 'kept') };
    const first = await startDemoHost(env);
    expect(first.said.join('\n')).to.include('the flow "welcome" is ONLINE on the channel "demo-whatsapp"');
    const before = await settingsOf(first, 'demo-whatsapp');
    expect((await first.call('POST', '/api/flows/welcome-viber/offline', {})).status).to.equal(200);
    expect((await first.call('DELETE', '/api/channels/demo-viber')).status).to.equal(204);
    expect((await first.call('POST', '/api/flows/welcome/offline', {})).status).to.equal(200);
    await first.stop();

    const second = await startDemoHost(env);
    const now = await settingsOf(second, 'demo-whatsapp');
    expect([now['appSecret'], now['accessToken']]).to.deep.equal([before['appSecret'], before['accessToken']]);
    expect(now['baseUrl'], 'the emulator’s address of this start').not.to.equal(before['baseUrl']);
    expect((await second.call('GET', '/api/channels/demo-viber')).status).to.equal(404);
    expect(second.said.join('\n')).to.include('the channel "demo-viber" was deleted and stays deleted');
    expect(second.said.join('\n')).to.include('the flow "welcome" is not ONLINE on the channel "demo-whatsapp"');
    expect((await second.call('DELETE', '/api/flows/welcome')).status).to.equal(204);
    await second.stop();

    const third = await startDemoHost(env);
    expect((await third.call('GET', '/api/flows/welcome')).status).to.equal(404);
    await third.stop();
  });

  it('keeps the window from start to start: who has just written may be written to, a stranger gets templates alone', async () => {
    const env = { DATA_DIR: join(folder, 'window') };
    const first = await startDemoHost(env);
    const { baseUrl = '' } = await settingsOf(first, 'demo-whatsapp');
    await fetch(`${baseUrl}/emulator/say`, { method: 'POST', body: '{"from":"4915112345678","name":"Ada","text":"hi"}' });
    await first.stop();
    const second = await startDemoHost(env);
    const { baseUrl: now = '', accessToken = '', phoneNumberId = '' } = await settingsOf(second, 'demo-whatsapp');
    const send = async (to: string) => {
      const body = JSON.stringify({
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to,
        type: 'text',
        text: { body: 'Hello' },
      });
      const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
      const answer = await fetch(`${now}/v25.0/${phoneNumberId}/messages`, { method: 'POST', headers, body });
      return [answer.status, ((await answer.json()) as { readonly error?: { readonly code: number } }).error?.code];
    };
    expect(await send('4915112345678')).to.deep.equal([200, undefined]);
    expect(await send('4915112345679')).to.deep.equal([400, 131_047]);
    await second.stop();
  });

  it('gives channels of an earlier version, whose secrets anybody may know, secrets of their own', async () => {
    const host = await startTestApp();
    const config = {
      phoneNumberId: '106540352242922',
      businessAccountId: '1',
      accessToken: 'known',
      appSecret: 'known-to-all',
      verifyToken: 'known',
    };
    const at = '2026-11-24T09:00:00.000Z';
    await host.app.store.channels.create({ id: 'demo-whatsapp', adapter: 'whatsapp', name: 'Mine', config, createdAt: at, updatedAt: at });
    expect(await knock(host, 'known-to-all'), 'no emulator runs').to.equal(404);
    const settings = loadConfig({ EMULATOR_WHATSAPP_PORT: '0', EMULATOR_VIBER_PORT: '0' });
    if ('mistakes' in settings) throw new Error(settings.mistakes.join(', '));
    const demo = await startDemo({ app: host.app, config: settings, url: host.url, print: () => {} });
    expect(await knock(host, 'known-to-all')).to.equal(401);
    expect((await host.call('GET', '/api/channels/demo-whatsapp')).json.name).to.equal('Mine');
    await demo.stop();
    await host.app.stop();
  });
});
