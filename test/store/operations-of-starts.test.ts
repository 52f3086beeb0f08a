import { expect } from 'chai';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { dropDatabase, ownDatabase } from '../support/both-stores.js';
import { aFlow } from '../support/builders.js';
import { countOperations } from '../support/count-operations.js';
import { eventually } from '../support/eventually.js';
import { ACCOUNT } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PEOPLE = 50;
/** Operations of one start, from the request to the settled message. */
const MAX_OPERATIONS = 6;

const NOTE = aFlow('note', {
  variables: [{ name: 'order', type: 'text', input: true, required: true }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    {
      id: 'tell',
      type: 'send-whatsapp-message',
      version: 1,
      params: { action: 'reply', message: { type: 'template', name: 'note', language: 'en', body: ['{{ order }}'] } },
    },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'tell' },
    { from: 'tell', port: 'next', to: 'end' },
  ],
});

if (process.env['MONGODB_URL'] !== undefined)
  describe('starts of a flow with many people, on MongoDB', () => {
    const url = ownDatabase();
    const operations = countOperations();
    let host: TestApp;
    let emulator: WhatsAppEmulator;
    before(async () => {
      host = await startTestApp({ MONGODB_URL: url });
      emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa` });
      const config = { ...ACCOUNT, baseUrl: emulator.url };
      await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config });
      await host.call('POST', '/api/flows', NOTE);
      await host.call('POST', '/api/flows/note/publish', {});
    });
    after(async () => {
      operations.stop();
      await host.app.stop();
      await emulator.close();
      await dropDatabase(url);
    });

    for (const [who, round] of [
      ['new people', 1],
      ['people who are known', 2],
    ] as const)
      it(`takes at most ${MAX_OPERATIONS} operations for each of ${PEOPLE} ${who}`, async () => {
        operations.reset();
        const starts = Array.from({ length: PEOPLE }, (_, i) => ({
          uuid: `${round}-${i}`,
          data: { order: 'A' },
          contact: { identity: `whatsapp:4915110${String(i).padStart(5, '0')}` },
          channel: 'wa',
        }));
        const { json } = await host.call('POST', '/api/flows/note/trigger', { starts });
        expect(new Set(json.results.map(({ status }: { status: string }) => status))).to.deep.equal(new Set(['started']));
        await eventually(async () => {
          expect(emulator.heard).to.have.length(PEOPLE * round);
          const sessions = json.results.map(({ sessionId }: { sessionId: string }) => sessionId);
          for (const stored of (await host.app.store.sessions.loadMany(sessions)).values()) expect(stored.effects).to.deep.equal([]);
        });
        expect(operations.all.length / PEOPLE).to.be.at.most(MAX_OPERATIONS);
      });
  });
