import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ViberEmulator } from '../../adapters/viber/emulator/index.js';
import { startViberEmulator } from '../../adapters/viber/emulator/index.js';
import viber from '../../adapters/viber/index.js';
import { silentLog } from '../../src/contract/host/index.js';
import type { FlowDefinition, InboundEvent, JsonObject } from '../../src/contract/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import type { MakeAnswer } from '../../src/turn/inbound.js';
import { aFlow } from '../support/builders.js';
import { CrashingProcess } from '../support/crashing-process.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';
import { putOnline, type SmallHost, startSmallHost, until } from '../support/small-world.js';

const TOKEN = 'token-of-the-viber-bot';
const ADA = { identities: ['viber:vb:ada=='], address: 'ada==', name: 'Ada' };
const text = (words: string): JsonObject => ({ type: 'text', text: words });
/** Says these one after another to whoever opens the chat; `more` edges beside those by `next`. */
const greeting = (messages: readonly JsonObject[], more: FlowDefinition['edges'] = []): FlowDefinition =>
  aFlow('greet', {
    triggers: [{ type: 'TriggeredByViber', match: { events: ['conversation_started'] } }],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      ...messages.map((message, i) => ({ id: `n${i}`, type: 'send-viber-message', version: 1, params: { action: 'reply', message } })),
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      ...['start', ...messages.map((_, i) => `n${i}`)].map((from, i) => ({
        from,
        port: 'next',
        to: i < messages.length ? `n${i}` : 'end',
      })),
      ...more,
    ],
  });

describe('the welcome of a person who opens the chat', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-welcome-'));
  after(() => rmSync(folder, { recursive: true }));
  let clock: ManualClock;
  let store: Store;
  let emulator: ViberEmulator;
  let host: SmallHost;
  beforeEach(async () => {
    clock = manualClock();
    emulator = await startViberEmulator({ authToken: TOKEN, webhookUrl: 'http://127.0.0.1:9/', retries: { max: 0, pause: 0 } });
  });
  afterEach(async () => {
    await host.stop();
    await store.close();
    await emulator.close();
  });

  const begin = async (flow: FlowDefinition, file = ':memory:', crashing = new CrashingProcess(undefined)) => {
    store = await openEmbeddedStore({ file, now: clock.now() }, silentLog);
    const [at, config] = [clock.now(), { authToken: TOKEN, senderName: 'Bot', uri: 'bot', baseUrl: emulator.url }];
    if ((await store.channels.create({ id: 'vb', adapter: 'viber', name: 'VB', config, createdAt: at, updatedAt: at })) !== 'taken')
      await putOnline(store, flow, ['vb']);
    host = await startSmallHost(crashing.wrap(store), clock);
  };
  const answer: MakeAnswer = (message, effectId) => viber.answer?.(message, host.channels.get('vb')?.config, effectId);
  const opened = (subscribed = false): Exclude<InboundEvent, { type: 'receipt' }> => ({
    ...{ account: '', type: 'subscription', id: 'vb:1:started', from: ADA, change: 'started' },
    subscribed,
  });
  const opens = async (subscribed = false) => {
    const reply = await host.inbound.take('vb', opened(subscribed), answer);
    return reply && (JSON.parse(reply.body) as JsonObject);
  };
  const writes = async () => {
    await emulator.say({ from: ADA.address, text: 'hi' });
    const message = { id: '2', platform: 'viber', from: ADA, type: 'text', text: 'hi', sentAt: clock.now() } as const;
    await host.inbound.take('vb', { account: '', type: 'message', id: 'vb:2', message });
  };
  const heard = () => emulator.heard.map(({ shown, text }) => `${shown.kind}: ${text}`);
  const turns = async () => store.turns.list((await store.contacts.find('viber:vb:ada==')) ?? '', { limit: 20 });

  it('goes into the answer, the same again for a repeat; what follows waits until the person writes', async () => {
    await begin(greeting([text('Welcome'), text('Write to me'), text('Please')]));
    const welcome = await opens();
    expect([welcome?.['type'], welcome?.['text'], welcome?.['receiver']]).to.deep.equal(['text', 'Welcome', undefined]);
    expect(await opens()).to.deep.equal(welcome);
    clock.advance(13 * 86_400_000);
    await host.look();
    expect(emulator.requests).to.equal(0);
    await writes();
    await until(() => emulator.heard.length === 2);
    expect(heard()).to.deep.equal(['text: Write to me', 'text: Please']);
  });

  it('is followed by nothing when they write in a group: that says nothing of their own chat', async () => {
    await begin(greeting([text('Welcome'), text('Write to me')]));
    await opens();
    const message = { id: '3', platform: 'viber', from: ADA, type: 'text', text: 'hi all', group: 'g1', sentAt: clock.now() } as const;
    await host.inbound.take('vb', { account: '', type: 'message', id: 'vb:3', message });
    expect((await turns()).at(-1)?.decision.kind).to.equal('group');
    await host.look();
    const session = (await store.contacts.find('viber:vb:ada==')) ?? '';
    expect((await store.sessions.load(session))?.effects.map(({ parked }) => parked)).to.deep.equal([true]);
  });

  it('what nobody has subscribed for in 14 days is given up, as Viber says it', async () => {
    await begin(greeting([text('Welcome'), text('Write to me')]));
    await opens();
    clock.advance(14 * 86_400_000 + 1);
    await host.look();
    await until(() => emulator.refused.length === 1);
    await until(async () => {
      const [turn] = await turns();
      const ids = turn?.effects.map(({ id }) => id) ?? [];
      const deliveries = await store.deliveries.of(ids);
      return ids.map((id) => deliveries.get(id)?.status).join() === 'sent,failed';
    });
  });

  it('of several requests begins with the first; the others follow in their place once the person writes', async () => {
    await begin(greeting([{ type: 'document', url: 'https://x/a.pdf', sizeBytes: 1, text: 'Read this' }, text('Bye')]));
    expect((await opens())?.['type']).to.equal('file');
    expect((await opens())?.['type']).to.equal('file');
    expect(emulator.requests).to.equal(0);
    await writes();
    await until(() => emulator.heard.length === 2);
    expect(heard()).to.deep.equal(['text: Read this', 'text: Bye']);
  });

  for (const [what, message, more] of [
    ['is too long for one message', text('word '.repeat(2_000)), {}],
    ['goes to somebody else', text('Somebody new'), { action: 'send', channel: 'vb', to: 'eve==' }],
    ['goes out on another channel', text('Somebody new'), { action: 'send', channel: 'vb-2', to: ADA.address }],
  ] as const)
    it(`is none where the first message ${what}: an answer reaches the person who opened the chat, and holds one message`, async () => {
      const flow = greeting([message, text('More')]);
      const nodes = flow.nodes.map((node) => (node.id === 'n0' ? { ...node, params: { ...node.params, ...more } } : node));
      await begin({ ...flow, nodes });
      expect(await opens()).to.equal(undefined);
      expect((await turns())[0]?.answered).to.equal(undefined);
    });

  it('of a flow that is not logged goes into the answer while its words are at hand; a repeat has none', async () => {
    await begin(greeting([text('Welcome')]));
    await store.flows.patch('greet', { logging: false, at: clock.now(), by: 'admin' });
    await host.programs.refresh();
    expect((await opens())?.['text']).to.equal('Welcome');
    expect(await opens()).to.equal(undefined);
  });

  it('of several requests is not sent before the last of them is', async () => {
    const document = { type: 'document', url: 'https://x/a.pdf', sizeBytes: 1, text: 'Read this' };
    await begin(greeting([document, text('Bye')], [{ from: 'n0', port: 'failed', to: 'end' }]));
    expect((await opens())?.['type']).to.equal('file');
    expect((await turns()).map(({ event }) => event.type)).to.deep.equal(['subscription']);
    await writes();
    await until(() => emulator.heard.length === 2);
    expect(heard()).to.deep.equal(['text: Read this', 'text: Bye']);
  });

  it('is sent where a failure of it has an edge, too, and the flow goes on', async () => {
    await begin(greeting([text('Welcome'), text('More')], [{ from: 'n0', port: 'failed', to: 'end' }]));
    expect((await opens())?.['text']).to.equal('Welcome');
    expect((await turns()).map(({ path }) => path.at(-1)?.node)).to.deep.equal(['n0', 'end']);
    await writes();
    await until(() => emulator.heard.length === 1);
    expect(heard()).to.deep.equal(['text: More']);
  });

  it('of a subscriber is an ordinary message, and what Viber has no like of is none', async () => {
    await begin(greeting([text('Welcome back')]));
    await emulator.subscribe(ADA.address);
    expect(await opens(true)).to.equal(undefined);
    await until(() => emulator.heard.length === 1);
    const broken: MakeAnswer = () => {
      throw new Error('no like of it');
    };
    const other = { ...opened(), id: 'vb:9:started', from: { identities: ['viber:vb:eve=='], address: 'eve==' } };
    expect(await host.inbound.take('vb', other, broken)).to.equal(undefined);
  });

  it('is given once whatever call to the store the host dies at, and the run goes on once', async () => {
    const flow = greeting([text('Welcome'), text('More')], [{ from: 'n0', port: 'failed', to: 'end' }]);
    const whole = new CrashingProcess(undefined);
    await begin(flow, join(folder, 'whole.db'), whole);
    await opens();
    const { calls } = whole;
    expect(calls).to.be.greaterThan(3);
    for (const when of ['before', 'after'] as const)
      for (let call = 1; call <= calls; call += 1) {
        await host.stop();
        await store.close();
        const [file, crashing] = [join(folder, `${when}-${call}.db`), new CrashingProcess({ call, when })];
        await begin(flow, file, crashing);
        let welcome = await opens().catch(() => undefined);
        if (crashing.hasCrashed) {
          await host.stop();
          await store.close();
          crashing.restart();
          await begin(flow, file, crashing);
          welcome = await opens();
        }
        expect(welcome?.['text'], `dead ${when} call ${call} of ${calls}`).to.equal('Welcome');
        expect((await turns()).map(({ event }) => event.type)).to.deep.equal(['subscription', 'receipt']);
        expect(emulator.requests).to.equal(0);
      }
  }).timeout(30_000);
});
