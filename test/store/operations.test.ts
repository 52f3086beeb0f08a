import { expect } from 'chai';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { dropDatabase, ownDatabase } from '../support/both-stores.js';
import { aFlow } from '../support/builders.js';
import { countOperations } from '../support/count-operations.js';
import { eventually } from '../support/eventually.js';
import { manualClock } from '../support/manual-clock.js';
import { ACCOUNT } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PEOPLE = 50;
/** Operations from the cause of a turn to the settled message. */
const MAX_OPERATIONS = 6;
const HOUR = 3_600_000;
const PAUSE = 50;

const START = { id: 'start', type: 'start', version: 1, params: {} };
const TELL = {
  id: 'tell',
  type: 'send-whatsapp-message',
  version: 1,
  params: { action: 'reply', message: { type: 'template', name: 'note', language: 'en', body: ['{{ order }}'] } },
};
const WAIT = { id: 'wait', type: 'wait', version: 1, params: { for: { value: 1, unit: 'hours' } } };
const END = { id: 'end', type: 'end', version: 1, params: {} };

/** A flow that does one thing after the other. */
function flowOf(code: string, nodes: readonly { readonly id: string; readonly type: string; readonly version: number; params: object }[]) {
  return aFlow(code, {
    variables: [{ name: 'order', type: 'text', input: true, required: true }],
    nodes: nodes as never,
    edges: nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]?.id ?? '', port: 'next', to: id })),
  });
}

if (process.env['MONGODB_URL'] !== undefined)
  describe('what happens to many people at once, on MongoDB', () => {
    const url = ownDatabase();
    const operations = countOperations();
    const clock = manualClock();
    let host: TestApp;
    let emulator: WhatsAppEmulator;
    let sent = 0;
    before(async () => {
      host = await startTestApp({ MONGODB_URL: url }, undefined, { clock });
      emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa` });
      const config = { ...ACCOUNT, baseUrl: emulator.url };
      await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config });
      for (const flow of [flowOf('now', [START, TELL, END]), flowOf('later', [START, WAIT, TELL, END])]) {
        await host.call('POST', '/api/flows', flow);
        await host.call('POST', `/api/flows/${flow.code}/publish`, {});
      }
    });
    after(async () => {
      operations.stop();
      await host.app.stop();
      await emulator.close();
      await dropDatabase(url);
    });

    async function start(flow: string, round: number): Promise<readonly string[]> {
      const starts = Array.from({ length: PEOPLE }, (_, i) => ({
        uuid: `${round}-${i}`,
        data: { order: 'A' },
        contact: { identity: `whatsapp:4915110${String(i).padStart(5, '0')}` },
        channel: 'wa',
      }));
      const { json } = await host.call('POST', `/api/flows/${flow}/trigger`, { starts });
      expect(new Set(json.results.map(({ status }: { status: string }) => status))).to.deep.equal(new Set(['started']));
      return json.results.map(({ sessionId }: { sessionId: string }) => sessionId);
    }

    /** Waits until everybody was sent one message more, and all of it is stored. */
    async function allSent(sessions: readonly string[]): Promise<void> {
      sent += PEOPLE;
      await eventually(async () => {
        // The channel is paced by this clock.
        clock.advance(PAUSE);
        expect(emulator.heard).to.have.length(sent);
        const all = await Promise.all(sessions.map((id) => host.app.store.sessions.load(id)));
        for (const stored of all) expect(stored?.effects).to.deep.equal([]);
      });
    }

    function expectFew(): void {
      expect(operations.all.length / PEOPLE).to.be.at.most(MAX_OPERATIONS);
    }

    for (const [who, round] of [
      ['new people', 1],
      ['people who are known', 2],
    ] as const)
      it(`a start takes at most ${MAX_OPERATIONS} operations, with ${who}`, async () => {
        operations.reset();
        await allSent(await start('now', round));
        expectFew();
      });

    it(`the end of a wait takes at most ${MAX_OPERATIONS} operations`, async () => {
      const sessions = await start('later', 3);
      operations.reset();
      clock.advance(HOUR);
      await allSent(sessions);
      expectFew();
    });
  });
