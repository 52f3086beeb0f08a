import { expect } from 'chai';
import type { WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { type Decision, silentLog, type TurnRecord } from '../../src/contract/host/index.js';
import type { Effect, FlowEvent, InboundMessage, Run } from '../../src/contract/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { resendEffect } from '../../src/manage/effects.js';
import { replayTurns } from '../../src/replay/replay.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { flowsOf, withoutWords } from '../../src/turn/unlogged.js';
import { aFlow, aSession, at } from '../support/builders.js';
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
    await store.flows.patch('secret', { logging: isOn, at: clock.now(), by: 'admin' });
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
    expect(await resendEffect({ store, channels: host.channels, takeTurn: host.takeTurn, clock }, admin, { id: effect })).to.include({
      refused: 'effect/unknown',
    });
  });
});

describe('the record of a turn that is not to be logged', () => {
  const WORD = 'migraine';
  const from = { identities: ['whatsapp:491701'], address: '491701', name: WORD, language: 'de' };
  const at0 = { id: 'e', at: at(0) };
  const vars = { illness: WORD };
  const contact = {
    ...aSession('s2').contact,
    ...{
      name: WORD,
      fields: { illness: WORD },
      groups: [{ group: WORD, since: '2026-11-24T09:30:00.000Z' }],
      identities: ['whatsapp:491701'],
      timeZone: WORD,
      language: WORD,
    },
  };
  const message = {
    ...{ id: 'm', channel: 'wa', platform: 'whatsapp', from, type: 'text', text: WORD, title: WORD, choice: WORD, sentAt: at(0) },
    ...{ url: WORD, raw: { text: WORD }, quoted: { id: 'q', text: WORD }, context: WORD, referral: { headline: WORD } },
  } as unknown as InboundMessage;
  const run = {
    ...{ id: 'r', startedBy: 'api', place: 'foreground', startedAt: at(0), channel: 'wa', lane: 'reply', lastMessage: message },
    stack: [{ kind: 'flow', flow: 'secret', version: 1, nodeId: 'n', vars, memory: { n: WORD } }],
  } as Run;
  const events: readonly FlowEvent[] = [
    { ...at0, type: 'message', message },
    { ...at0, type: 'subscription', channel: 'vb', from, change: 'started', subscribed: false, context: WORD },
    {
      ...{ ...at0, type: 'start', flow: 'secret', version: 1, run: 'r', channel: 'wa', from, by: 'api', lane: 'reply', onBusy: 'queue' },
      ...{ data: vars, warnings: [{ code: 'number/ambiguous', detail: WORD }] },
    },
    { ...at0, type: 'command', command: 'set', args: vars, by: 'api' },
    { ...at0, type: 'linked', channel: 'vb', from, token: 't' },
    { ...at0, type: 'identities', channel: 'wa', from, isChange: true },
    { ...at0, type: 'merge', loser: 's2', contact, channels: {}, runs: [run], held: [{ eventId: 'h', at: at(0), message }] },
    { ...at0, type: 'callResult', callId: 'c', ok: true, value: { body: WORD } },
    { ...at0, type: 'operator', by: 'Ada', message: { type: 'text', text: WORD } },
  ];
  const send: Effect = {
    ...{ id: 's1.1.1', number: 1, at: at(0), node: 'n', awaited: 'sent' },
    body: {
      ...{ kind: 'send', channel: 'wa', address: '491701', lane: 'reply' },
      ...{ before: [{ type: 'text', text: WORD }], message: { type: 'text', text: WORD } },
    },
  };
  const call: Effect = { id: 's1.1.2', number: 2, at: at(0), body: { kind: 'call', service: 'http', deadline: 1, input: { body: WORD } } };
  const record = (event: FlowEvent) =>
    ({
      ...{ id: 's1.1', turn: 1, at: at(0), event, before: { ...aSession('s1'), contact, runs: [run], held: [] } },
      ...{ decision: { kind: 'answered', reason: 'because', tried: [] }, path: [{ flow: 'secret', version: 1, node: 'n' }] },
      ...{ effects: [send, call], warnings: [{ code: 'number/ambiguous', detail: WORD, node: 'n' }] },
      ...{
        matches: [
          { tried: [], best: { flow: 'secret', version: 1, trigger: 0, onBusy: 'queue', reason: 'regex', groups: { match: { 0: WORD } } } },
        ],
      },
      results: [{ flow: 'secret', version: 1, run: 'r', outcome: 'completed', variables: vars }],
    }) as unknown as TurnRecord;

  for (const event of events)
    it(`has no word of anybody: ${event.type}`, () => {
      const kept = withoutWords(record(event));
      expect(JSON.stringify(kept)).to.not.include(WORD);
      expect(kept.event).to.include({ id: 'e', at: at(0), type: event.type });
      if ('from' in kept.event) expect(kept.event.from).to.deep.equal({ identities: from.identities, address: from.address });
      expect(kept.effects.map(({ id, number, node, body }) => [id, number, node, body.kind])).to.deep.equal([
        ['s1.1.1', 1, 'n', 'send'],
        ['s1.1.2', 2, undefined, 'call'],
      ]);
      expect(kept.effects[0]?.body).to.deep.include({ channel: 'wa', address: '491701', message: { type: 'text' } });
      expect(kept.warnings).to.deep.equal([{ code: 'number/ambiguous', detail: '', node: 'n' }]);
      expect(kept).to.deep.include({ unlogged: true, path: record(event).path, decision: record(event).decision });
      expect(kept.before?.contact.identities).to.deep.equal(contact.identities);
    });

  it('is that of a turn in which such a flow was begun, gone through, left, or taken over, or only stands', () => {
    const started = events.find(({ type }) => type === 'start');
    const merged = events.find(({ type }) => type === 'merge');
    const timeout: FlowEvent = { ...at0, type: 'timeout', waitId: 'w' };
    const flows = (
      path: readonly { readonly flow: string }[],
      runs: readonly Run[],
      before: readonly Run[],
      event: FlowEvent = timeout,
    ) => [...flowsOf({ path, session: { runs } } as unknown as Decision, { ...aSession('s1'), runs: before }, event)];
    expect(flows([], [], [])).to.deep.equal([]);
    expect(flows([{ flow: 'secret' }], [], [])).to.deep.equal(['secret']);
    expect(flows([], [run], [])).to.deep.equal(['secret']);
    expect(flows([], [], [run])).to.deep.equal(['secret']);
    expect(flows([], [], [], started)).to.deep.equal(['secret']);
    expect(flows([], [], [], merged)).to.deep.equal(['secret']);
  });
});
