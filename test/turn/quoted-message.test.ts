import { expect } from 'chai';
import type { WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { silentLog } from '../../src/contract/host/index.js';
import type { InboundMessage } from '../../src/contract/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { quotedMessage } from '../../src/turn/quoted-message.js';
import { aChain, listens, says } from '../support/a-talk.js';
import { manualClock } from '../support/manual-clock.js';
import { putOnline, type SmallHost, startProvider, startSmallHost, until } from '../support/small-world.js';

const choices = [
  { id: 'yes', title: 'Yes' },
  { id: 'no', title: 'No' },
];
const twoQuestions = aChain({
  one: says({ type: 'text', text: 'Do you smoke?', choices }),
  a: listens('smokes'),
  two: says({ type: 'text', text: 'Delete your account?', choices }),
  b: listens('deletes'),
  told: says('smokes {{ smokes }}, deletes {{ deletes }}'),
});
const ADA = { identities: ['whatsapp:491511', 'phone:+491511'], address: '491511', name: 'Ada' };

describe('the message that a person answers', () => {
  const clock = manualClock();
  let store: Store;
  let emulator: WhatsAppEmulator;
  let host: SmallHost;
  let serial = 0;
  beforeEach(async () => {
    store = await openEmbeddedStore({ file: ':memory:' }, silentLog);
    emulator = await startProvider(store);
    await putOnline(store, twoQuestions);
    host = await startSmallHost(store, clock);
  });
  afterEach(async () => {
    await host.stop();
    await store.close();
    await emulator.close();
  });

  const brings = async (said: Partial<InboundMessage>) => {
    const id = `m${++serial}`;
    const message = { id, platform: 'whatsapp', from: ADA, type: 'text', text: '', sentAt: clock.now(), ...said } as const;
    await host.inbound.take('wa', { account: '', type: 'message', id: `wa:${id}`, message });
    const session = (await store.contacts.find('whatsapp:491511')) ?? '';
    const turn = await store.turns.byEvent(session, `wa:${id}`);
    return { session, turn, quoted: turn?.event.type === 'message' ? turn.event.message.quoted : undefined };
  };
  const tap = (title: 'Yes' | 'No', replyTo: string) =>
    brings({ type: 'choice', choice: title.toLowerCase(), title, text: title, replyTo });
  /** The provider's id of the n-th message, once it has come and its send is settled. */
  const heard = async (n: number) => {
    await until(() => emulator.heard.length >= n);
    const id = emulator.heard[n - 1]?.id ?? '';
    await until(async () => (await store.deliveries.effectOf('wa', id)) !== undefined);
    return id;
  };

  it('is found by the id of the provider, with its words, its node and its run; the turn keeps it', async () => {
    const { session } = await brings({ text: 'go' });
    const wamid = await heard(1);
    const { turn, quoted } = await tap('Yes', wamid);
    const { run, ...rest } = quoted ?? { run: undefined };
    expect(rest).to.deep.equal({ id: wamid, effect: `${session}.1.1`, text: 'Do you smoke?', node: 'one', flow: 'chain' });
    expect(run).to.equal(turn?.path[0]?.run);
  });

  it('is told apart from the open question: the second tap on an old one answers nothing', async () => {
    await brings({ text: 'go' });
    const one = await heard(1);
    await tap('Yes', one);
    const two = await heard(2);
    const { turn } = await tap('Yes', one);
    expect([turn?.decision.kind, turn?.warnings.map(({ code }) => code)]).to.deep.equal(['ignored', ['choice/stale']]);
    await tap('No', two);
    await heard(3);
    expect(emulator.heard.at(-1)?.text).to.equal('smokes Yes, deletes No');
  });

  it('that nobody knows is known by its id alone', async () => {
    await brings({ text: 'go' });
    expect((await brings({ text: 'Yes', replyTo: 'wamid.unknown' })).quoted).to.deep.equal({ id: 'wamid.unknown' });
    expect((await brings({ text: 'and this' })).quoted).to.equal(undefined);
  });

  it('on Viber is named by our effect, and nobody can name one of another channel', async () => {
    const { session } = await brings({ text: 'go' });
    await heard(1);
    const effect = `${session}.1.1`;
    const named = { quoted: { id: effect, effect } };
    expect((await quotedMessage(store, { channel: 'wa', ...named }))?.node).to.equal('one');
    expect(await quotedMessage(store, { channel: 'vb', ...named })).to.deep.equal({ id: effect });
    for (const odd of ['odd', 's1.x.1', `${session}.1.9`, `${session}.99.1`])
      expect(await quotedMessage(store, { channel: 'wa', quoted: { id: odd, effect: odd } })).to.deep.equal({ id: odd });
  });

  it('in a group is nobody’s answer, gives no address and opens no window', async () => {
    const { session, turn } = await brings({ text: 'go', group: 'g1' });
    expect([turn?.decision.kind, turn?.effects]).to.deep.equal(['group', []]);
    const state = (await store.sessions.load(session))?.state;
    expect([state?.channels, state?.contact.identities]).to.deep.equal([{}, ADA.identities]);
    expect(await store.contacts.find('whatsapp:g1')).to.equal(undefined);
  });
});
