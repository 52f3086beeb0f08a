import { expect } from 'chai';
import type { WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import type { JobName } from '../../src/contract/host/index.js';
import { PRUNABLE, type Store } from '../../src/contract/store/index.js';
import { replayStoredSession } from '../../src/replay/replay-stored.js';
import { keepRetention } from '../../src/store/keep-retention.js';
import { bothStores, type OwnStore } from '../support/both-stores.js';
import { aFlow } from '../support/builders.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';
import { ACCOUNT, putOnline, type SmallHost, startProvider, startSmallHost, until } from '../support/small-world.js';

const PHONE = '4915112345678';
const DAY = 86_400_000;
const counting = aFlow('counting', {
  triggers: [{ type: 'TriggeredByWhatsApp' }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    { id: 'ask', type: 'send-whatsapp-message', version: 1, params: { action: 'reply', message: { type: 'text', text: 'Name?' } } },
    { id: 'wait', type: 'wait-for-response', version: 1, params: { timeout: { value: 30, unit: 'days' }, saveAs: 'name' } },
    { id: 'say', type: 'send-whatsapp-message', version: 1, params: { message: { type: 'text', text: 'Hello {{ name }}' } } },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'ask' },
    { from: 'ask', port: 'next', to: 'wait' },
    { from: 'wait', port: 'replied', to: 'say' },
    { from: 'say', port: 'next', to: 'end' },
  ],
});

for (const { name, open } of bothStores)
  describe(`keeping for some time: ${name}`, () => {
    let own: OwnStore;
    let store: Store;
    let clock: ManualClock;
    let emulator: WhatsAppEmulator;
    let host: SmallHost;
    before(async () => {
      own = await open();
      store = own.store;
      clock = manualClock();
      emulator = await startProvider(store);
      await putOnline(store, counting);
      host = await startSmallHost(store, clock);
    });
    after(async () => {
      await host.stop();
      await emulator.close();
      await own.drop();
    });

    let said = 0;
    const says = async (text: string) => {
      said += 1;
      const heard = emulator.heard.length;
      const from = { identities: [`whatsapp:${PHONE}`], address: PHONE };
      const message = { id: `wamid.${said}`, platform: 'whatsapp', from, type: 'text', text, sentAt: clock.now() } as const;
      await host.inbound.take('wa', { account: ACCOUNT.phoneNumberId, type: 'message', id: `wa:${said}`, message });
      await until(() => emulator.heard.length > heard);
      const session = (await store.contacts.find(`whatsapp:${PHONE}`)) ?? '';
      await until(async () => (await store.sessions.load(session))?.effects.length === 0);
    };
    const none = { look() {}, soon() {}, async stop() {} };

    it('what is left of a conversation can be computed again, and its old deliveries are gone', async () => {
      await says('hi');
      await says('Ada');
      clock.advance(60 * DAY);
      await says('hi again');
      clock.advance(20 * DAY);
      await says('Eva');
      const session = (await store.contacts.find(`whatsapp:${PHONE}`)) ?? '';
      const turns = async () => (await store.turns.list(session, { limit: 100 })).map(({ turn }) => turn);
      const all = await turns();
      // The first conversation is 95 days old, the end of the second 15.
      clock.advance(15 * DAY);
      await until(async () => {
        await keepRetention({ store, clock, jobs: none, days: 90 });
        return (await turns()).length < all.length;
      });
      const second = (await store.turns.list(session, { limit: 1 }))[0];
      expect(second?.event.type === 'message' && second.event.message.text).to.equal('hi again');
      expect(second?.before?.runs).to.deep.equal([]);
      const replayed = await replayStoredSession({ store, programs: host.programs, channels: host.channels }, session);
      expect(replayed).to.deep.equal({ compared: (await turns()).length, different: [] });
      expect((await store.deliveries.of([`${session}.1.1`])).size).to.equal(0);
      expect((await store.deliveries.of((second?.effects ?? []).map(({ id }) => id))).size).to.equal(1);
      expect((await store.sessions.load(session))?.state.contact.identities).to.deep.equal([`whatsapp:${PHONE}`]);
    });

    it('one look removes so much and no more, and asks to look again soon', async () => {
      const asked: (readonly [JobName, string | undefined])[] = [];
      const jobs = { ...none, soon: (job: JobName, at?: string) => void asked.push([job, at]) };
      let pruned = 0;
      const endless: Store = {
        ...store,
        retention: {
          async prune() {
            pruned += 1;
            return true;
          },
        },
      };
      await keepRetention({ store: endless, clock, jobs, days: 90 });
      expect(pruned).to.equal(20 * PRUNABLE.length);
      expect(asked.map(([job]) => job)).to.deep.equal(['retention']);
      expect(Date.parse(asked[0]?.[1] ?? '') - Date.parse(clock.now())).to.equal(10_000);
    });
  });
