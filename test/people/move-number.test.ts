import { expect } from 'chai';
import type { WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { type FlowDefinition, type InboundEvent, plusMillis, type SessionState } from '../../src/contract/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { bothStores, type OwnStore } from '../support/both-stores.js';
import { aCommit, aFlow, aSession } from '../support/builders.js';
import { manualClock } from '../support/manual-clock.js';
import { ACCOUNT, putOnline, type SmallHost, startProvider, startSmallHost, until } from '../support/small-world.js';

const MINUTE = 60_000;
const send = (id: string, text: string) => ({
  id,
  type: 'send-whatsapp-message',
  version: 1,
  params: { action: 'reply', message: { type: 'text', text } },
});
const asking: FlowDefinition = aFlow('asking', {
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['begin'] } }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    send('ask', 'Your name?'),
    { id: 'name', type: 'wait-for-response', version: 1, params: { timeout: { value: 1, unit: 'hours' }, saveAs: 'name' } },
    send('thanks', 'Thank you, {{ name }}'),
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'ask' },
    { from: 'ask', port: 'next', to: 'name' },
    { from: 'name', port: 'replied', to: 'thanks' },
    { from: 'thanks', port: 'next', to: 'end' },
  ],
});

for (const { name, open } of bothStores) {
  describe(`a phone number changes hands: ${name}`, () => {
    const clock = manualClock();
    let own: OwnStore;
    let store: Store;
    let emulator: WhatsAppEmulator;
    let host: SmallHost;
    let serial = 0;
    /** How long a message is on its way, in milliseconds. */
    let delay = 0;
    let phone = '';
    let first = '';
    let second = '';
    beforeEach(async () => {
      serial += 1;
      delay = 0;
      [phone, first, second] = [`49151100000${String(serial).padStart(2, '0')}`, `US.1${serial}`, `US.2${serial}`];
      own = await open();
      store = own.store;
      emulator = await startProvider(store);
      await putOnline(store, asking);
      host = await startSmallHost(store, clock);
    });
    afterEach(async () => {
      await host.stop();
      await emulator.close();
      await own.drop();
    });

    const identitiesOf = (ids: readonly string[]) =>
      ids.flatMap((id) => (id === phone ? [`whatsapp:${id}`, `phone:+${id}`] : [`whatsapp:${id}`]));
    const says = (text: string, ...ids: readonly string[]) => {
      clock.advance(1_000);
      serial += 1;
      const from = { identities: identitiesOf(ids), address: ids.includes(phone) ? phone : (ids[0] ?? ''), name: `Person ${ids[0] ?? ''}` };
      const event: InboundEvent = {
        account: ACCOUNT.phoneNumberId,
        type: 'message',
        id: `wa:${name}${serial}`,
        message: { id: `w${serial}`, platform: 'whatsapp', from, type: 'text', text, sentAt: plusMillis(clock.now(), -delay) },
      };
      return host.inbound.take('wa', event);
    };
    const rotates = (...ids: readonly string[]) =>
      host.inbound.take('wa', {
        account: ACCOUNT.phoneNumberId,
        type: 'identities',
        id: `wa:rotation-${serial}`,
        from: { identities: identitiesOf(ids), address: phone },
        isChange: true,
      });
    const stateOf = async (id: string): Promise<SessionState> => {
      const owner = await store.contacts.find(`whatsapp:${id}`);
      const stored = owner === undefined ? undefined : await store.sessions.load(owner);
      if (!stored) throw new Error(`nobody is ${id}`);
      return stored.state;
    };
    const texts = () => emulator.heard.map(({ text }) => text);
    const begun = async () => {
      await says('begin', first, phone);
      await until(() => emulator.heard.length > 0);
    };

    it('its new owner is a new person, to whom nothing of the old one is known; the log of changes says so', async () => {
      await begun();
      await says('hello', second, phone);
      const [old, fresh] = [await stateOf(first), await stateOf(phone)];
      expect(fresh.contact.identities).to.deep.equal(identitiesOf([second, phone]));
      expect([fresh.contact.name, fresh.runs]).to.deep.equal([`Person ${second}`, []]);
      expect([old.contact.identities, old.channels['wa']?.address]).to.deep.equal([[`whatsapp:${first}`], first]);
      const [entry] = await store.audit.list({ limit: 1 });
      expect([entry?.action, entry?.target, entry?.after]).to.deep.equal([
        'contact.number-moved',
        `contact:${old.id}`,
        { contact: fresh.id },
      ]);
    });

    it('what the old one was asked ends after ten minutes, without a word', async () => {
      await begun();
      await says('hello', second, phone);
      clock.advance(9 * MINUTE);
      await host.look();
      expect((await stateOf(first)).runs.map(({ place }) => place)).to.deep.equal(['queued']);
      clock.advance(MINUTE);
      await host.look();
      const old = await stateOf(first);
      expect(old.runs).to.deep.equal([]);
      expect((await store.turns.list(old.id, { limit: 9 })).at(-1)?.warnings.map(({ code }) => code)).to.deep.equal(['run/number-moved']);
      clock.advance(60 * MINUTE);
      await host.look();
      expect(texts()).to.deep.equal(['Your name?']);
    });

    it('unless the provider tells meanwhile that they are one person: then the question is asked again, and answered', async () => {
      await begun();
      await says('hello', second, phone);
      await rotates(second, phone, first);
      await until(() => emulator.heard.length > 1);
      await says('Ada', second, phone);
      await until(() => emulator.heard.length > 2);
      expect(texts()).to.deep.equal(['Your name?', 'Your name?', 'Thank you, Ada']);
      expect((await stateOf(second)).id).to.equal((await stateOf(first)).id);
      clock.advance(20 * MINUTE);
      await host.look();
      expect((await stateOf(second)).numberMoved).to.equal(undefined);
    });

    it('a message of the old one that comes again does not take the number back', async () => {
      await begun();
      const before = serial;
      await says('hello', second, phone);
      serial = before - 1;
      delay = 2_000;
      await says('begin', first, phone);
      expect((await stateOf(phone)).contact.identities).to.include(`whatsapp:${second}`);
      expect(await store.contacts.find(`whatsapp:${first}`)).not.to.equal(await store.contacts.find(`whatsapp:${phone}`));
      expect((await stateOf(first)).contact.identities).to.deep.equal([`whatsapp:${first}`]);
    });

    it('a change of the user id that was told before is no other person', async () => {
      await begun();
      await rotates(second, phone, first);
      await says('Ada', second, phone);
      await until(() => emulator.heard.length > 1);
      expect(texts()).to.deep.equal(['Your name?', 'Thank you, Ada']);
    });

    it('who comes with a further identity beside the known ones is the same person, and keeps the number', async () => {
      await begun();
      await says('Ada', first, phone, `${first}.more`);
      await until(() => emulator.heard.length > 1);
      expect(texts()).to.deep.equal(['Your name?', 'Thank you, Ada']);
      expect((await stateOf(phone)).id).to.equal((await stateOf(first)).id);
      expect(await store.audit.list({ limit: 1 })).to.deep.equal([]);
    });

    it('a user id of another portfolio says nothing of who it is', async () => {
      const contact = { ...aSession('s1').contact, identities: identitiesOf([phone]), userIds: { 'whatsapp:another': 'whatsapp:US.9' } };
      await store.contacts.resolve(identitiesOf([phone]), 's1');
      await store.sessions.commit(aCommit('s1', 0, { state: aSession('s1', { turn: 1, contact }) }));
      await says('hello', first, phone);
      expect([await store.contacts.find(`whatsapp:${first}`), await store.contacts.find(`whatsapp:${phone}`)]).to.deep.equal(['s1', 's1']);
    });

    it('a contact that was known by the number alone is the one who brings the first user id', async () => {
      await says('begin', phone);
      await until(() => emulator.heard.length > 0);
      await says('Ada', first, phone);
      await until(() => emulator.heard.length > 1);
      expect(texts()).to.deep.equal(['Your name?', 'Thank you, Ada']);
    });

    it('what waits to be sent to that number is skipped at once', async () => {
      await says('nothing', first, phone);
      emulator.next({ error: 131_000, status: 500 });
      await says('begin', first, phone);
      const old = await stateOf(first);
      await until(async () => (await store.sessions.load(old.id))?.effects[0]?.attempts === 1);
      await says('hello', second, phone);
      const stored = await store.sessions.load(old.id);
      expect(stored?.effects).to.deep.equal([]);
      const effect = `${old.id}.2.1`;
      const delivery = (await store.deliveries.of([effect])).get(effect);
      expect([delivery?.status, delivery?.error?.code]).to.deep.equal(['skipped', 'number-moved']);
      clock.advance(5 * MINUTE);
      await host.look();
      expect(texts()).to.deep.equal([]);
    });
  });
}
