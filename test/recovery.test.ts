import { expect } from 'chai';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../adapters/whatsapp/emulator/index.js';
import { dropDatabase, ownDatabase } from './support/both-stores.js';
import { aFlow } from './support/builders.js';
import { ACCOUNT } from './support/small-world.js';
import { startTcpProxy, type TcpProxy } from './support/tcp-proxy.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const url = process.env['MONGODB_URL'];
if (url === undefined) process.stdout.write('recovery from a lost MongoDB is not tested: MONGODB_URL is not set\n');

/** What has not come to be by then never will, in milliseconds: longer than a lease and the wait for a proof. */
const LONGEST = 90_000;

/** How long it stays away: longer than the driver looks for a server. */
const AWAY = 5_000;

const echo = aFlow('echo', {
  triggers: [{ type: 'TriggeredByWhatsApp' }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    { id: 'one', type: 'send-whatsapp-message', version: 1, params: { message: { type: 'text', text: 'one {{ lastMessage.text }}' } } },
    { id: 'two', type: 'send-whatsapp-message', version: 1, params: { message: { type: 'text', text: 'two {{ lastMessage.text }}' } } },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'one' },
    { from: 'one', port: 'next', to: 'two' },
    { from: 'two', port: 'next', to: 'end' },
  ],
});

if (url !== undefined)
  describe('MongoDB goes away and comes back', () => {
    const database = ownDatabase();
    let proxy: TcpProxy;
    let test: TestApp;
    let emulator: WhatsAppEmulator;
    before(async () => {
      const { hostname, port } = new URL(url);
      proxy = await startTcpProxy({ host: hostname, port: Number(port || 27_017) });
      const through = database.replace(/\/\/[^/]+/, `//127.0.0.1:${proxy.port}`);
      test = await startTestApp({ MONGODB_URL: `${through}${through.includes('?') ? '&' : '?'}directConnection=true` });
      emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${test.url}/webhooks/wa` });
      const config = { ...ACCOUNT, displayPhoneNumber: undefined, baseUrl: emulator.url, throughput: 0 };
      for (const [method, path, body] of [
        ['POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config }],
        ['POST', '/api/flows', echo],
        ['PUT', '/api/flows/echo/channels', { channels: ['wa'] }],
        ['POST', '/api/flows/echo/publish', {}],
      ] as const)
        expect((await test.call(method, path, body)).status, path).to.be.lessThan(300);
    });
    after(async () => {
      await proxy.mend();
      await test.app.stop();
      await emulator.close();
      await proxy.close();
      await dropDatabase(database);
    });

    const ready = async () => (await test.call('GET', '/health/ready')).status;
    const texts = () => emulator.heard.map(({ text }) => text);
    const heardOf = (word: string) => texts().filter((text) => text.endsWith(` ${word}`));

    for (const [how, name] of [
      ['cut', 'refused'],
      ['stall', 'silent'],
    ] as const)
      it(`connections ${name}: not ready, then ready by itself; what was accepted before is done after, and what came meanwhile`, async () => {
        // Accepted before: the provider takes nothing of it until the store is away.
        emulator.next({ error: 130_429 });
        expect(await emulator.say({ from: '4915100000001', text: `early-${how}` })).to.equal(true);
        // Under way when it goes: its answer comes when nothing can be written.
        emulator.next({ slow: 1_500 });
        expect(await emulator.say({ from: '4915100000002', text: `middle-${how}` })).to.equal(true);
        await until(() => heardOf(`middle-${how}`).length === 1);
        await (how === 'cut' ? proxy.cut() : proxy.stall());
        const meanwhile = emulator.say({ from: '4915100000003', text: `late-${how}` });
        await until(async () => (await ready()) === 503);
        expect((await test.call('GET', '/api/flows')).status).to.equal(503);
        const since = Date.now();
        await until(() => Date.now() - since > AWAY);
        await proxy.mend();
        await until(async () => (await ready()) === 200);
        expect(await meanwhile).to.equal(true);
        for (const word of ['early', 'middle', 'late']) await until(() => heardOf(`${word}-${how}`).length >= 2);
        // In order, and nothing twice: the outcome was kept until it could be written.
        for (const word of ['early', 'middle', 'late'])
          expect(heardOf(`${word}-${how}`)).to.deep.equal([`one ${word}-${how}`, `two ${word}-${how}`]);
      }).timeout(2 * LONGEST);
  });

/** A real server takes real time. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const limit = Date.now() + LONGEST;
  while (!(await isSo())) {
    if (Date.now() > limit) throw new Error('it did not come to be so');
    await new Promise((done) => setTimeout(done, 20));
  }
}
