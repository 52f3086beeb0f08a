import { expect } from 'chai';
import type { WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { silentLog } from '../../src/contract/host/index.js';
import type { InboundEvent } from '../../src/contract/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { livingSession } from '../../src/people/living-session.js';
import { mergeContacts } from '../../src/people/merge-contacts.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { aCommit, aFlow, aSend, aSession } from '../support/builders.js';
import { manualClock } from '../support/manual-clock.js';
import { ACCOUNT, putOnline, type SmallHost, startProvider, startSmallHost, until } from '../support/small-world.js';

const PHONE = '4915112345678';
const USER = 'US.1349';
const counting = aFlow('count', {
  triggers: [{ type: 'TriggeredByWhatsApp' }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    { id: 'ask', type: 'send-whatsapp-message', version: 1, params: { action: 'reply', message: { type: 'text', text: 'ready' } } },
    { id: 'wait', type: 'wait-for-response', version: 1, params: { timeout: { value: 1, unit: 'hours' }, saveAs: 'answer' } },
    {
      id: 'tell',
      type: 'send-whatsapp-message',
      version: 1,
      params: { action: 'reply', message: { type: 'text', text: 'got {{ answer }}' } },
    },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'ask' },
    { from: 'ask', port: 'next', to: 'wait' },
    { from: 'wait', port: 'replied', to: 'tell' },
    { from: 'tell', port: 'next', to: 'end' },
  ],
});

const inviting = aFlow('invite', {
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['invite'] } }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    {
      id: 'show',
      type: 'send-whatsapp-message',
      version: 1,
      params: { action: 'reply', message: { type: 'text', text: '{{ link.viber }}' } },
    },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'show' },
    { from: 'show', port: 'next', to: 'end' },
  ],
});

describe('one person under two identities', () => {
  const clock = manualClock();
  let store: Store;
  let emulator: WhatsAppEmulator;
  let host: SmallHost;
  let serial = 0;
  beforeEach(async () => {
    store = await openEmbeddedStore({ file: ':memory:' }, silentLog);
    emulator = await startProvider(store);
    await putOnline(store, counting);
    host = await startSmallHost(store, clock);
  });
  afterEach(async () => {
    await host.stop();
    await emulator.close();
    await store.close();
  });

  const says = (text: string, ...ids: readonly string[]) => {
    clock.advance(1_000);
    serial += 1;
    const identities = ids.flatMap((id) => (id === PHONE ? [`whatsapp:${id}`, `phone:+${id}`] : [`whatsapp:${id}`]));
    const from = { identities, address: ids.includes(PHONE) ? PHONE : USER, name: 'Ada' };
    const event: InboundEvent = {
      account: ACCOUNT.phoneNumberId,
      type: 'message',
      id: `wa:${serial}`,
      message: { id: `w${serial}`, platform: 'whatsapp', from, type: 'text', text, sentAt: clock.now() },
    };
    return host.inbound.take('wa', event);
  };
  const heard = (count: number) => until(() => emulator.heard.length >= count);
  const people = async () => (await store.sessions.list({ limit: 10 })).map(({ state }) => state);

  it('who writes with both, then with the user id alone, goes on where they were', async () => {
    await says('hello', USER, PHONE);
    await heard(1);
    await says('me', USER);
    await heard(2);
    expect(emulator.heard.map(({ text }) => text)).to.deep.equal(['ready', 'got me']);
    expect(await people()).to.have.length(1);
  });

  it('two who turn out to be one become the older one, who knows what both knew; of one flow begun twice the later talk goes on', async () => {
    await says('hello', PHONE);
    await says('hello', USER);
    await heard(2);
    const [older, younger] = await people();
    await says('me', USER, PHONE);
    await heard(3);
    expect(emulator.heard.at(-1)?.text).to.equal('got me');
    const [winner, loser] = await people();
    expect([winner?.id, winner?.runs.length, loser?.mergedInto]).to.deep.equal([older?.id, 0, older?.id]);
    expect(winner?.contact.identities).to.have.members([`whatsapp:${PHONE}`, `phone:+${PHONE}`, `whatsapp:${USER}`]);
    expect(await store.contacts.find(`whatsapp:${USER}`)).to.equal(older?.id);
    expect(loser?.runs).to.deep.equal([]);
    expect(younger?.id).to.equal(loser?.id);
    const merge = await store.turns.byEvent(winner?.id ?? '', `merge:${loser?.id}`);
    expect(merge?.event).to.include({ loser: loser?.id, toldOn: 'wa' });
  });

  /** And a flow that shows the way there. */
  const openViber = async () => {
    const at = clock.now();
    const config = { authToken: 'a-token', senderName: 'Bot', uri: 'bot', baseUrl: 'http://127.0.0.1:9' };
    await store.channels.create({ id: 'vb', adapter: 'viber', name: 'VB', config, createdAt: at, updatedAt: at });
    await host.channels.refresh();
    await putOnline(store, inviting);
    await host.programs.refresh();
  };

  it('a link that was given to somebody who was merged since leads to the one they are now', async () => {
    await openViber();
    await says('hello', PHONE);
    await says('invite me', USER);
    await heard(2);
    const context = emulator.heard[1]?.text ?? '';
    await says('both are me', USER, PHONE);
    const from = { identities: ['viber:vb:ada=='], address: 'ada==' };
    await host.inbound.take('vb', { account: '', type: 'subscription', id: 'vb:1', from, change: 'started', subscribed: false, context });
    const [winner] = await people();
    expect(winner?.contact.identities).to.include.members([`whatsapp:${USER}`, `whatsapp:${PHONE}`, 'viber:vb:ada==']);
    expect(await store.contacts.find('viber:vb:ada==')).to.equal(winner?.id);
    expect(winner?.channels['vb']).to.deep.equal({ address: 'ada==', subscribed: false });
  });

  it('a link to Viber leads nowhere where somebody sends it on WhatsApp', async () => {
    await openViber();
    await says('invite me', USER);
    await heard(1);
    await says(emulator.heard[0]?.text ?? '', PHONE);
    expect((await people()).map(({ mergedInto, contact }) => [mergedInto, contact.identities])).to.deep.equal([
      [undefined, [`whatsapp:${USER}`]],
      [undefined, [`whatsapp:${PHONE}`, `phone:+${PHONE}`]],
    ]);
  });

  it('a merge that was interrupted after its first step is finished by the next message, and its steps are harmless when done again', async () => {
    await says('hello', PHONE);
    await says('hello', USER);
    await heard(2);
    const [older, younger] = await people();
    if (!older || !younger) throw new Error('two people are wanted');
    await host.takeTurn(younger.id, { id: `merged:${older.id}`, at: clock.now(), type: 'merged', winner: older.id });
    await says('me', USER);
    await heard(3);
    expect(emulator.heard.at(-1)?.text).to.equal('got me');
    const parts = { store, takeTurn: host.takeTurn, clock };
    await mergeContacts(parts, [younger.id, older.id]);
    await mergeContacts(parts, [younger.id, older.id]);
    const turns = await store.turns.list(older.id, { limit: 20 });
    expect(turns.filter(({ event }) => event.type === 'merge')).to.have.length(1);
    expect(await store.contacts.find(`whatsapp:${USER}`)).to.equal(older.id);
  });

  it('who is one with a contact that was merged meanwhile is one with the contact that is left', async () => {
    const OTHER = 'US.77';
    for (const id of [PHONE, USER, OTHER]) await says('hello', id);
    await heard(3);
    const [first, second, third] = await people();
    if (!first || !second || !third) throw new Error('three people are wanted');
    const parts = { store, takeTurn: host.takeTurn, clock };
    await mergeContacts(parts, [second.id, first.id]);
    expect(await mergeContacts(parts, [third.id, second.id])).to.equal(first.id);
    const [left, ...gone] = await people();
    expect(left?.contact.identities).to.include.members([`whatsapp:${PHONE}`, `whatsapp:${USER}`, `whatsapp:${OTHER}`]);
    expect(gone.map(({ runs, contact }) => [runs, contact.identities])).to.deep.equal([
      [[], []],
      [[], []],
    ]);
    expect(await store.contacts.find(`whatsapp:${OTHER}`)).to.equal(first.id);
  });

  it('a run in an earlier version goes on at the contact that is left, on a host that has not met that version', async () => {
    await says('hello', USER);
    await says('done', USER);
    await says('hello', PHONE);
    await heard(3);
    await putOnline(store, { ...counting, name: 'Count anew' });
    const [older, younger] = await people();
    expect([older?.runs.length, younger?.runs.length]).to.deep.equal([0, 1]);
    const fresh = await startSmallHost(store, clock);
    await mergeContacts({ store, takeTurn: fresh.takeTurn, clock }, [older?.id ?? '', younger?.id ?? '']);
    const [left] = await people();
    expect(left?.runs.map(({ stack }) => stack.map((one) => one.kind === 'flow' && [one.nodeId, one.version]))).to.deep.equal([
      [['wait', 1]],
    ]);
    const { warnings } = (await store.turns.byEvent(left?.id ?? '', `merge:${younger?.id}`)) ?? {};
    expect(warnings).to.deep.equal([]);
    await fresh.stop();
  });

  it('who was merged several times over is found by every id that they have had', async () => {
    const merged = (id: string, mergedInto: string) =>
      aCommit(id, 0, { state: aSession(id, { turn: 1, mergedInto }), index: { status: 'idle', positions: [], mergedInto } });
    await store.sessions.commit(aCommit('s4', 0));
    for (const [id, winner] of [
      ['s1', 's2'],
      ['s2', 's3'],
      ['s3', 's4'],
      ['s5', 's6'],
      ['s6', 's5'],
    ] as const)
      await store.sessions.commit(merged(id, winner));
    for (const id of ['s1', 's2', 's3', 's4']) expect((await livingSession(store, id))?.state.id, id).to.equal('s4');
    expect(await livingSession(store, 's5'), 'a circle of merges').to.equal(undefined);
    expect(await livingSession(store, 'nobody')).to.equal(undefined);
  });

  describe('who has two sessions in the store', () => {
    const [WINNER, LOSER] = ['s1', 's2'];
    const parts = () => ({ store, takeTurn: host.takeTurn, clock });
    const mark = (toldOn?: string) =>
      host.takeTurn(LOSER, { id: `merged:${WINNER}`, at: clock.now(), type: 'merged', winner: WINNER, ...(toldOn ? { toldOn } : {}) });
    const owner = () => store.contacts.find(`whatsapp:${USER}`);
    beforeEach(async () => {
      await store.contacts.resolve([`whatsapp:${USER}`], LOSER);
      await store.sessions.commit(aCommit(WINNER, 0));
      await store.sessions.commit(aCommit(LOSER, 0, { effects: [{ ...aSend(LOSER, 1, 1), parked: true }] }));
    });

    it('keeps what was not sent yet, at the one that is left', async () => {
      await mergeContacts(parts(), [WINNER, LOSER]);
      const waiting = async (id: string) => (await store.sessions.load(id))?.effects.map(({ effect }) => effect.id);
      expect([await waiting(WINNER), await waiting(LOSER)]).to.deep.equal([[`${LOSER}.1.1`], []]);
    });

    it('is not merged again, and not with himself', async () => {
      expect(await mergeContacts(parts(), [WINNER, WINNER])).to.equal(WINNER);
      await mergeContacts(parts(), [WINNER, LOSER]);
      for (const pair of [
        [LOSER, WINNER],
        [WINNER, LOSER],
        [LOSER, LOSER],
        [WINNER, WINNER],
      ] as const)
        expect(await mergeContacts(parts(), pair), pair.join(' ')).to.equal(WINNER);
      const left = await store.sessions.load(WINNER);
      expect([left?.state.mergedInto, left?.revision]).to.deep.equal([undefined, 2]);
    });

    it('is one after a crash behind the mark, when the wake-up of the mark is due', async () => {
      await mark();
      expect(await owner()).to.equal(LOSER);
      await host.look();
      expect(await owner()).to.equal(WINNER);
      expect((await store.sessions.load(LOSER))?.effects).to.deep.equal([]);
    });

    it('goes on as the channel says on which it was told, also after a crash', async () => {
      await mark('vb');
      await mergeContacts(parts(), [WINNER, LOSER]);
      expect((await store.turns.byEvent(WINNER, `merge:${LOSER}`))?.event).to.include({ type: 'merge', toldOn: 'vb' });
    });

    it('gives up an identity that somebody has claimed for the one that was merged, when next heard of', async () => {
      await mergeContacts(parts(), [WINNER, LOSER]);
      await store.contacts.give([`whatsapp:${USER}`], WINNER, LOSER);
      await says('hello', USER);
      expect(await owner()).to.equal(WINNER);
    });
  });

  it('what an earlier release has left at a contact that was merged comes along, once', async () => {
    await says('hello', PHONE);
    await says('hello', USER);
    await heard(2);
    const [winner, loser] = await people();
    const stored = await store.sessions.load(loser?.id ?? '');
    if (!winner || !loser || !stored) throw new Error('two people are wanted');
    const end = { id: 'end', at: clock.now(), type: 'command', command: 'end', args: {}, by: 'Ada' } as const;
    await host.takeTurn(winner.id, end);
    // As it was marked and merged then: the runs stay where they are.
    const { contact, channels } = loser;
    await host.takeTurn(winner.id, { id: `merge:${loser.id}`, at: clock.now(), type: 'merge', loser: loser.id, contact, channels });
    const marked = { ...loser, turn: loser.turn + 1, mergedInto: winner.id };
    const index = { status: 'waiting', positions: [], mergedInto: winner.id } as const;
    await store.sessions.commit(aCommit(loser.id, stored.revision, { event: `merged:${winner.id}`, state: marked, index }));
    await says('me', USER);
    await heard(3);
    expect(emulator.heard.at(-1)?.text).to.equal('got me');
    expect((await people()).map(({ runs }) => runs)).to.deep.equal([[], []]);
  });
});
