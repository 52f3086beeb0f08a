import { expect } from 'chai';
import type { WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { silentLog } from '../../src/contract/host/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { resendEffect } from '../../src/manage/effects.js';
import { replayTurns } from '../../src/replay/replay.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { aFlow } from '../support/builders.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';
import { ACCOUNT, putOnline, type SmallHost, startProvider, startSmallHost, until } from '../support/small-world.js';

const flow = aFlow('secret', {
  triggers: [{ type: 'TriggeredByWhatsApp' }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    { id: 'ask', type: 'send-message', version: 1, params: { action: 'reply', message: { type: 'text', text: 'Your illness?' } } },
    { id: 'listen', type: 'wait-for-response', version: 1, params: { saveAs: 'illness', timeout: { value: 1, unit: 'hours' } } },
    { id: 'tell', type: 'send-message', version: 1, params: { action: 'reply', message: { type: 'text', text: 'Noted: {{ illness }}' } } },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'ask' },
    { from: 'ask', port: 'next', to: 'listen' },
    { from: 'listen', port: 'replied', to: 'tell' },
    { from: 'tell', port: 'next', to: 'end' },
  ],
});

describe('a flow that is not to be logged', () => {
  let store: Store;
  let clock: ManualClock;
  let host: SmallHost;
  let emulator: WhatsAppEmulator;
  let said = 0;
  beforeEach(async () => {
    clock = manualClock();
    store = await openEmbeddedStore({ file: ':memory:' }, silentLog);
    emulator = await startProvider(store);
    await putOnline(store, flow);
    host = await startSmallHost(store, clock);
  });
  afterEach(async () => {
    await host.stop();
    await emulator.close();
    await store.close();
  });

  async function logging(isOn: boolean) {
    await store.flows.patch('secret', { logging: isOn }, clock.now());
    await host.programs.refresh();
  }
  async function says(text: string) {
    said += 1;
    const from = { identities: ['whatsapp:491701'], address: '491701', name: 'Ada' };
    const message = { id: `wamid.${said}`, platform: 'whatsapp', from, type: 'text', text, sentAt: clock.now() } as const;
    await host.inbound.take('wa', { account: ACCOUNT.phoneNumberId, type: 'message', id: `wa:wamid.${said}`, message });
  }
  const session = async () => (await store.contacts.find('whatsapp:491701')) ?? '';
  const turns = async () => store.turns.list(await session(), { limit: 9 });

  it('leaves no word and no variable in the records of its turns; ids, the path and the reasons stay', async () => {
    await logging(false);
    await says('hello there');
    await says('migraine');
    await until(() => emulator.heard.length === 2);
    expect(emulator.heard.map(({ text }) => text)).to.deep.equal(['Your illness?', 'Noted: migraine']);
    const records = await turns();
    for (const word of ['migraine', 'hello there', 'illness?', 'Noted', 'Ada']) expect(JSON.stringify(records)).to.not.include(word);
    expect(records.map(({ unlogged }) => unlogged)).to.deep.equal([true, true]);
    expect(records[1]?.event.id).to.equal('wa:wamid.2');
    expect(records[1]?.decision.reason).to.equal('"listen" of secret@1 was waiting for a message');
    expect(records[1]?.path.map(({ node }) => node)).to.deep.equal(['listen', 'tell', 'end']);
    expect(records[1]?.effects[0]).to.include({ id: `${await session()}.2.1`, node: 'tell' });
  });

  it('is logged again from the moment that its owner wants it', async () => {
    await logging(false);
    await says('hello there');
    await logging(true);
    await says('migraine');
    expect(JSON.stringify((await turns())[0])).to.not.include('hello there');
    expect(JSON.stringify((await turns())[1])).to.include('migraine');
  });

  it('is not logged either where it is OFFLINE and a session still stands in it', async () => {
    await says('hello there');
    await store.flows.takeOffline('secret', clock.now());
    await logging(false);
    await says('migraine');
    expect(JSON.stringify((await turns())[1])).to.not.include('migraine');
  });

  it('cannot be replayed, and the replay says so', async () => {
    await logging(false);
    await says('hello there');
    await says('migraine');
    const replayed = replayTurns(await turns(), { programs: host.programs.snapshot(), channels: host.channels.facts() });
    expect(replayed).to.deep.equal({ compared: 0, unlogged: 2, different: [] });
  });

  it('can have nothing sent again: its words are nowhere', async () => {
    await logging(false);
    emulator.next({ error: 131_026 });
    await says('hello there');
    const effect = `${await session()}.1.1`;
    await until(() => store.deliveries.isDead(effect));
    const admin = { id: 'admin', name: 'admin', role: 'admin' } as const;
    expect(await resendEffect({ store, takeTurn: host.takeTurn, clock }, admin, { id: effect })).to.include({ refused: 'effect/unknown' });
  });
});
