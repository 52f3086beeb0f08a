import { expect } from 'chai';
import type { WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import type { InboundEvent } from '../../src/contract/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { startOnce } from '../../src/manage/start-once.js';
import { forgetPerson } from '../../src/people/forget-person.js';
import { mergeContacts } from '../../src/people/merge-contacts.js';
import { bothStores, type OwnStore } from '../support/both-stores.js';
import { aFlow } from '../support/builders.js';
import { CrashingProcess } from '../support/crashing-process.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';
import { ACCOUNT, putOnline, type SmallHost, startProvider, startSmallHost, until } from '../support/small-world.js';

const PHONE = '4915112345678';
const USER = 'US.1349';
const asking = aFlow('asking', {
  triggers: [{ type: 'TriggeredByWhatsApp' }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    { id: 'ask', type: 'send-whatsapp-message', version: 1, params: { action: 'reply', message: { type: 'text', text: 'Name?' } } },
    { id: 'wait', type: 'wait-for-response', version: 1, params: { timeout: { value: 1, unit: 'hours' }, saveAs: 'name' } },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'ask' },
    { from: 'ask', port: 'next', to: 'wait' },
    { from: 'wait', port: 'replied', to: 'end' },
  ],
});

for (const { name, open } of bothStores)
  describe(`forgetting a person: ${name}`, () => {
    let own: OwnStore;
    let store: Store;
    let clock: ManualClock;
    let emulator: WhatsAppEmulator;
    let host: SmallHost;
    let hosts: SmallHost[];
    beforeEach(async () => {
      own = await open();
      store = own.store;
      clock = manualClock();
      emulator = await startProvider(store);
      await putOnline(store, asking);
      host = await startSmallHost(store, clock);
      hosts = [host];
    });
    afterEach(async () => {
      await Promise.all(hosts.map((one) => one.stop()));
      await emulator.close();
      await own.drop();
    });

    let said = 0;
    const says = async (text: string, identities: readonly string[] = [`whatsapp:${PHONE}`], to = host) => {
      said += 1;
      const from = { identities, address: PHONE, name: 'Ada' };
      const message = { id: `wamid.${said}`, platform: 'whatsapp', from, type: 'text', text, sentAt: clock.now() } as const;
      const event: InboundEvent = { account: ACCOUNT.phoneNumberId, type: 'message', id: `wa:${said}`, message };
      await to.inbound.take('wa', event as never);
    };
    const whoIs = (identity: string) => store.contacts.find(`whatsapp:${identity}`);
    const settled = (id: string) => until(async () => (await store.sessions.load(id))?.effects.length === 0);
    /** Somebody who was asked for their name. */
    const somebody = async (identity = PHONE) => {
      await says('hi', [`whatsapp:${identity}`]);
      const id = (await whoIs(identity)) ?? '';
      await settled(id);
      return id;
    };
    /** What the store still has of a session. */
    const traces = async (id: string) => ({
      record: await store.sessions.load(id),
      turns: (await store.turns.list(id, { limit: 20 })).length,
      sent: (await store.deliveries.of([`${id}.1.1`])).size,
    });
    const NOTHING = { record: undefined, turns: 0, sent: 0 };

    it('nothing is left of them and of who was merged into them; what they write next begins a new contact', async () => {
      const [older, younger] = [await somebody(), await somebody(USER)];
      await mergeContacts({ store, takeTurn: host.takeTurn, clock }, [younger, older]);
      const program = host.programs.snapshot().online('asking');
      if (!program) throw new Error('the flow is not online');
      const startable = { program, channels: ['wa'], onBusy: 'queue', by: 'api', lane: 'reply' } as const;
      await startOnce({ store, channels: host.channels, takeTurn: host.takeTurn, clock }, startable, {
        contact: { identity: `whatsapp:${PHONE}` },
        data: {},
        uuid: 'u1',
      });
      expect(await forgetPerson({ store, clock }, younger)).to.equal('forgotten');
      for (const id of [older, younger]) expect(await traces(id)).to.deep.equal(NOTHING);
      expect(await store.starts.get('asking:u1')).to.equal(undefined);
      expect([await whoIs(PHONE), await whoIs(USER)]).to.deep.equal([undefined, undefined]);
      const again = await somebody();
      expect([older, younger]).not.to.include(again);
      expect((await store.turns.list(again, { limit: 9 })).map(({ decision }) => decision.kind)).to.deep.equal(['started']);
      expect(await forgetPerson({ store, clock }, 'nobody')).to.equal('unknown');
    });

    it('dying before or after any call of it, it is finished by asking again, and a message in between is taken', async () => {
      for (const when of ['before', 'after'] as const) {
        for (let call = 1; ; call += 1) {
          const person = `49151${when.length}${String(call).padStart(6, '0')}`;
          const [winner, loser] = [await somebody(person), await somebody(`US.${person}`)];
          await mergeContacts({ store, takeTurn: host.takeTurn, clock }, [loser, winner]);
          const crashing = new CrashingProcess({ call, when });
          const died = await forgetPerson({ store: crashing.wrap(store), clock }, winner).then(
            () => false,
            () => true,
          );
          await says('are you there?', [`whatsapp:${person}`]);
          expect(await forgetPerson({ store, clock }, winner)).to.equal('forgotten');
          const fresh = await whoIs(person);
          const what = `dead ${when} call ${call}`;
          for (const id of [winner, loser]) expect(await traces(id), what).to.deep.equal(NOTHING);
          expect(await whoIs(`US.${person}`), what).to.equal(undefined);
          if (fresh !== undefined) expect((await store.sessions.load(fresh))?.revision, what).to.equal(1);
          if (!died) break;
        }
      }
    });

    it('a turn that another host is in the middle of does not write them back: its message is the first of a new contact', async () => {
      const id = await somebody();
      const elsewhere = await own.other();
      let isForgotten = false;
      const busy: Store = {
        ...elsewhere,
        sessions: {
          ...elsewhere.sessions,
          async commit(turn) {
            if (!isForgotten) {
              isForgotten = true;
              expect(turn.base).to.be.greaterThan(0);
              await forgetPerson({ store, clock }, id);
            }
            return elsewhere.sessions.commit(turn);
          },
        },
      };
      const other = await startSmallHost(busy, clock);
      hosts.push(other);
      await says('Ada', undefined, other);
      expect(isForgotten).to.equal(true);
      expect(await traces(id)).to.deep.equal(NOTHING);
      const again = (await whoIs(PHONE)) ?? '';
      expect(again).not.to.equal(id);
      const turns = await store.turns.list(again, { limit: 9 });
      expect(turns.map(({ turn, event }) => [turn, event.type === 'message' && event.message.text])).to.deep.equal([[1, 'Ada']]);
    });

    it('a wait of theirs that runs out and a receipt that comes late find nobody', async () => {
      const id = await somebody();
      const timeout = { id: `${id}.1.w1:timeout`, at: clock.now(), type: 'timeout', waitId: `${id}.1.w1` } as const;
      await forgetPerson({ store, clock }, id);
      expect(await host.takeTurn(id, timeout)).to.deep.equal({ kind: 'gone', session: id });
      await host.inbound.takeReceipt('wa', { providerId: 'late', status: 'read', at: clock.now(), effectId: `${id}.1.1` });
      expect(await traces(id)).to.deep.equal(NOTHING);
    });

    it('who turns out to be one with a person that is being forgotten is forgotten, too', async () => {
      const [older, younger] = [await somebody(), await somebody(USER)];
      await store.sessions.forget(older, clock.now());
      await says('it is me', [`whatsapp:${PHONE}`, `whatsapp:${USER}`]);
      for (const id of [older, younger]) expect(await store.sessions.load(id)).to.equal(undefined);
      const again = await whoIs(USER);
      expect(again).to.equal(await whoIs(PHONE));
      expect([older, younger]).not.to.include(again);
    });
  });
