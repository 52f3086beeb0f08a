import { expect } from 'chai';
import type { WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import whatsapp from '../../adapters/whatsapp/index.js';
import { silentLog } from '../../src/contract/host/index.js';
import type { InboundEvent } from '../../src/contract/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { createLearner } from '../../src/people/learn-identities.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { aFlow } from '../support/builders.js';
import { manualClock } from '../support/manual-clock.js';
import { ACCOUNT, putOnline, type SmallHost, startProvider, startSmallHost, until } from '../support/small-world.js';

const [PHONE, OTHER_NUMBER, USER, AGENT] = ['5511987654321', '551187654321', 'BR.1349', '4915100000'];
const known = (number: string) => [`whatsapp:${number}`, `phone:+${number}`];
const send = (id: string, params: object) => ({
  id,
  type: 'send-whatsapp-message',
  version: 1,
  params: { action: 'reply', message: { type: 'text', text: id }, ...params },
});
const answering = aFlow('answer', {
  triggers: [{ type: 'TriggeredByWhatsApp' }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    send('hello', {}),
    send('note', { action: 'send', channel: 'wa', to: AGENT }),
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'hello' },
    { from: 'hello', port: 'next', to: 'note' },
    { from: 'note', port: 'next', to: 'end' },
  ],
});

describe('what the answer to a send tells of a person', () => {
  const clock = manualClock();
  let store: Store;
  let emulator: WhatsAppEmulator;
  let host: SmallHost;
  let serial = 0;
  beforeEach(async () => {
    store = await openEmbeddedStore({ file: ':memory:' }, silentLog);
    emulator = await startProvider(store, {
      recipient: (to) => ([PHONE, OTHER_NUMBER].includes(to) ? { wa_id: OTHER_NUMBER, user_id: USER } : { user_id: `DE.of${to}` }),
    });
    await putOnline(store, answering);
    host = await startSmallHost(store, clock);
  });
  afterEach(async () => {
    await host.stop();
    await emulator.close();
    await store.close();
  });

  const says = (identities: readonly string[], address: string) => {
    clock.advance(1_000);
    serial += 1;
    const event: InboundEvent = {
      ...{ account: ACCOUNT.phoneNumberId, type: 'message', id: `wa:${serial}` },
      message: { id: `w${serial}`, platform: 'whatsapp', from: { identities, address }, type: 'text', text: 'hi', sentAt: clock.now() },
    };
    return host.inbound.take('wa', event);
  };
  const people = async () => (await store.sessions.list({ limit: 10 })).map(({ state }) => state);
  const finds = (identity: string) => until(async () => (await store.contacts.find(identity)) !== undefined);

  it('joins the contact of the address, which stays the one that is written to', async () => {
    await says(known(PHONE), PHONE);
    await finds(`whatsapp:${USER}`);
    await until(async () => ((await people())[0]?.contact.identities.length ?? 0) > 2);
    const [ada] = await people();
    expect(ada?.contact.identities).to.have.members([...known(PHONE), ...known(OTHER_NUMBER), `whatsapp:${USER}`]);
    expect(ada?.channels['wa']?.address).to.equal(PHONE);
    await says([`whatsapp:${USER}`], USER);
    expect(await people()).to.have.length(1);
  });

  it('makes one of two who are the same, and is told once', async () => {
    await says(known(OTHER_NUMBER), OTHER_NUMBER);
    await says(known(PHONE), PHONE);
    await until(async () => (await people()).some(({ mergedInto }) => mergedInto !== undefined));
    await says(known(PHONE), PHONE);
    await until(() => emulator.heard.length === 6);
    await until(async () => (await people()).every((one) => one.runs.length === 0));
    const told = async () => {
      const [winner] = await people();
      const turns = await store.turns.list(winner?.id ?? '', { limit: 50 });
      return turns.filter(({ event }) => event.type === 'identities' && event.from.identities.includes(`whatsapp:${PHONE}`));
    };
    await until(async () => (await told()).length > 0);
    expect(await told()).to.have.length(1);
  });

  describe('is taken', () => {
    /** What is told on, of an answer to a send to PHONE. */
    const told = async (...identities: readonly string[]) => {
      const events: unknown[] = [];
      const take = async (_channel: string, event: unknown) => void events.push(event);
      const learn = createLearner({ store, channels: host.channels, inbound: { take }, log: silentLog });
      for (const effect of ['s1.1.1', 's1.1.2']) await learn({ channel: 'wa', address: PHONE, identities, effect });
      return events;
    };
    const user = `whatsapp:${USER}`;

    it('where one of several identities is new, once, with the address that is used', async () => {
      await says([...known(PHONE), user], USER);
      const from = { identities: [user, ...known(OTHER_NUMBER), ...known(PHONE)], address: USER };
      const event = { account: '', type: 'identities', id: 's1.1.1:identities', from };
      expect(await told(user, ...known(OTHER_NUMBER))).to.deep.equal([event]);
    });

    it('not where all is known, or nothing but the address is told', async () => {
      await says([...known(PHONE), user], PHONE);
      expect(await told(user, ...known(PHONE))).to.deep.equal([]);
      expect(await told(...known(PHONE))).to.deep.equal([]);
    });

    it('not for an address that is nobody, whosever the other identities are', async () => {
      await says([user], USER);
      expect(await told(user)).to.deep.equal([]);
    });
  });

  it('makes nobody of identities that nobody has', async () => {
    const from = { identities: [`whatsapp:${USER}`, ...known(PHONE)], address: PHONE };
    await host.inbound.take('wa', { account: ACCOUNT.phoneNumberId, type: 'identities', id: 'wa:rotation', from, isChange: true });
    expect(await people()).to.deep.equal([]);
    expect(await store.contacts.find(`whatsapp:${USER}`)).to.equal(undefined);
  });

  it('makes nobody of an address that is no contact', async () => {
    await says(known(PHONE), PHONE);
    await until(() => emulator.heard.length === 2);
    await finds(`whatsapp:${USER}`);
    expect(await people()).to.have.length(1);
    expect(await store.contacts.find(`whatsapp:DE.of${AGENT}`)).to.equal(undefined);
  });

  it('is read as identities, and nothing else is', () => {
    const said = (contact: object) =>
      whatsapp.read({ status: 200, headers: {}, body: JSON.stringify({ contacts: [contact], messages: [{ id: 'wamid.1' }] }) });
    expect(said({ input: '+55', wa_id: OTHER_NUMBER, user_id: USER })).to.deep.equal({
      ...{ ok: true, providerIds: ['wamid.1'] },
      identities: [`whatsapp:${USER}`, ...known(OTHER_NUMBER)],
    });
    for (const contact of [{}, { wa_id: 7 }, { wa_id: 'a b', user_id: '' }, { user_id: 'x'.repeat(300) }])
      expect(said(contact)).to.deep.equal({ ok: true, providerIds: ['wamid.1'], identities: [] });
  });
});
