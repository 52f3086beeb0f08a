import { expect } from 'chai';
import type { WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { isRefused, OperationalError } from '../../src/contract/host/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { listDeadEffects, resendEffect } from '../../src/manage/effects.js';
import { replayStoredSession } from '../../src/replay/replay-stored.js';
import { bothStores, type OwnStore } from '../support/both-stores.js';
import { aCall, aCommit, aFlow, aGreeting } from '../support/builders.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';
import { ACCOUNT, putOnline, type SmallHost, startProvider, startSmallHost, until } from '../support/small-world.js';

const greeting = aGreeting();
const SHOP = { action: 'send', channel: 'wa', to: '491709', message: { type: 'text', text: 'An order' } };
const toShop = aFlow('order', {
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['order'] } }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    { id: 'shop', type: 'send-whatsapp-message', version: 1, params: SHOP },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'shop' },
    { from: 'shop', port: 'next', to: 'end' },
  ],
});
const PHONE = '4915112345678';
const EVA = { id: 'k1', name: 'Eva', role: 'editor' } as const;
/** The number is not on WhatsApp: final. */
const REFUSED = { error: 131_026 };

for (const { name, open } of bothStores)
  describe(`sending again what was given up: ${name}`, () => {
    let own: OwnStore;
    let store: Store;
    let clock: ManualClock;
    let emulator: WhatsAppEmulator;
    let host: SmallHost;
    beforeEach(async () => {
      own = await open();
      store = own.store;
      clock = manualClock();
      emulator = await startProvider(store);
      await putOnline(store, greeting);
      host = await startSmallHost(store, clock);
    });
    afterEach(async () => {
      await host.stop();
      await emulator.close();
      await own.drop();
    });

    const says = async (text: string, phone = PHONE) => {
      const from = { identities: [`whatsapp:${phone}`], address: phone };
      const message = { id: `wamid.${text}`, platform: 'whatsapp', from, type: 'text', text, sentAt: clock.now() } as const;
      await host.inbound.take('wa', { account: ACCOUNT.phoneNumberId, type: 'message', id: `wa:${text}`, message });
    };
    const dead = async () => (await store.deliveries.dead({ limit: 10 })).map(({ effect }) => effect);
    const resend = (effect: string, on: Store = store) =>
      resendEffect({ store: on, channels: host.channels, takeTurn: host.takeTurn, clock }, EVA, { id: effect });
    /** A person whose greeting was refused. */
    const givenUp = async () => {
      emulator.next(REFUSED);
      await says('hi');
      await until(async () => (await dead()).length === 1);
      const [effect = ''] = await dead();
      const session = effect.slice(0, effect.indexOf('.'));
      await until(async () => (await store.sessions.load(session))?.effects.length === 0);
      return { effect, session };
    };

    it('a dead send is listed with its reason, goes out once more by a turn of its own, and is listed no longer', async () => {
      const { effect, session } = await givenUp();
      const [listed] = await store.deliveries.dead({ limit: 10 });
      expect(listed).to.deep.include({ effect, session, channel: 'wa', at: clock.now() });
      expect(listed?.error).to.include({ code: '131026' });
      clock.advance(60_000);
      const resent = await resend(effect);
      expect('done' in resent && resent.done.repeated).to.equal(false);
      const target = `session:${session}`;
      expect('done' in resent && resent.changed).to.deep.include({ action: 'effect.resend', target, before: { dead: effect } });
      await until(() => emulator.heard.some(({ text }) => text === 'hello'));
      expect(await dead()).to.deep.equal([]);
      const turn = (await store.turns.list(session, { limit: 10 })).at(-1);
      expect(turn?.decision).to.deep.include({ kind: 'commanded', reason: `the message ${effect} was sent again by Eva` });
      expect(turn?.effects).to.have.length(1);
      expect(turn?.effects[0]).to.deep.include({ resends: effect, flow: 'greeting', node: 'say' });
      expect(turn?.effects[0]).not.to.have.property('awaited');
    });

    it('its turn can be computed again', async () => {
      const { effect, session } = await givenUp();
      await resend(effect);
      expect(await replayStoredSession({ store, programs: host.programs, channels: host.channels }, session)).to.deep.equal({
        compared: 2,
        different: [],
      });
    });

    it('asked twice, also at once, it goes out once, and both are told of it', async () => {
      const { effect } = await givenUp();
      const answers = [...(await Promise.all([resend(effect), resend(effect)])), await resend(effect)];
      const done = answers.flatMap((one) => ('done' in one ? [one] : []));
      expect(done.filter(({ done: { repeated } }) => repeated)).to.have.length(2);
      expect(done.filter(({ changed }) => changed)).to.have.length(1);
      expect(new Set(done.map((one) => one.done.effect)).size).to.equal(1);
      await until(() => emulator.heard.length > 0);
      await host.look();
      expect(emulator.heard).to.have.length(1);
    });

    it('what may not be sent now is refused each time with the reason, stays listed, and goes out once it may', async () => {
      const { effect } = await givenUp();
      clock.advance(25 * 3_600_000);
      for (const _ of [1, 2]) {
        const { refused, detail } = (await resend(effect)) as { refused?: string; detail?: string };
        expect([refused, detail]).to.deep.equal([
          'session/refused',
          `"${effect}" was not sent again: the person has not written for 24 hours: only a template may be sent.`,
        ]);
      }
      expect([await dead(), emulator.heard]).to.deep.equal([[effect], []]);
      await says('again');
      await until(() => emulator.heard.length === 1);
      const resent = await resend(effect);
      expect('done' in resent && resent.done.repeated).to.equal(false);
      await until(() => emulator.heard.length === 2);
      expect(await dead()).to.deep.equal([]);
    });

    it('what goes to somebody else is refused while that person has opted out', async () => {
      await putOnline(store, toShop);
      await host.programs.refresh();
      emulator.next(REFUSED);
      await says('order');
      await until(async () => (await dead()).length === 1);
      const [effect = ''] = await dead();
      await says('stop', '491709');
      const detail = `"${effect}" was not sent again: the person wants no messages on this platform.`;
      expect(await resend(effect)).to.deep.equal({ refused: 'session/refused', detail });
      await says('start', '491709');
      expect(await resend(effect)).to.have.nested.property('done.repeated', false);
      await until(() => emulator.heard.some(({ to, text }) => to === '491709' && text === 'An order'));
    });

    it('a crash after the turn loses nothing: it stays listed, and asking again answers the first try and takes it off', async () => {
      const { effect } = await givenUp();
      const dying: Store = {
        ...store,
        deliveries: {
          ...store.deliveries,
          revive: async () => {
            throw new OperationalError('store/away', 'the process dies here');
          },
        },
      };
      expect(await resend(effect, dying).catch((error: Error) => error.message)).to.equal('the process dies here');
      await until(() => emulator.heard.length > 0);
      expect(await dead()).to.deep.equal([effect]);
      const again = await resend(effect);
      expect('done' in again && again.done.repeated).to.equal(true);
      expect(await dead()).to.deep.equal([]);
      expect(emulator.heard).to.have.length(1);
    });

    it('what still waits to be sent cannot be sent again', async () => {
      emulator.next({ error: 130_429 });
      await says('hi');
      const session = (await store.contacts.find(`whatsapp:${PHONE}`)) ?? '';
      await until(async () => (await store.sessions.load(session))?.effects[0]?.attempts === 1);
      expect(await resend(`${session}.1.1`)).to.include({ refused: 'effect/not-dead' });
      expect((await store.sessions.load(session))?.effects).to.have.length(1);
    });

    it('what was given up is listed page by page', async () => {
      for (const i of [1, 2, 3]) {
        emulator.next(REFUSED);
        await says(`hi ${i}`, `491511234567${i}`);
        await until(async () => (await dead()).length === i);
      }
      const ids = await dead();
      const parts = { store };
      const all = await listDeadEffects(parts, EVA, { limit: 10 });
      const found: string[] = [];
      for (let after: string | undefined; found.length < 9; ) {
        const page = await listDeadEffects(parts, EVA, { limit: 1, ...(after === undefined ? {} : { after }) });
        if (isRefused(page)) throw new Error(page.refused);
        found.push(...page.done.items.map(({ id }) => id));
        after = page.done.next;
        if (after === undefined) break;
      }
      expect(found).to.have.members(ids);
      expect(isRefused(all) ? [] : all.done.items.map(({ id }) => id)).to.deep.equal(found);
    });

    it('what fails again is dead again, under its own name', async () => {
      const { effect } = await givenUp();
      emulator.next(REFUSED);
      const resent = await resend(effect);
      await until(async () => (await dead()).length === 1);
      expect(await dead()).to.deep.equal(['done' in resent ? resent.done.effect : '']);
    });

    it('says why there is nothing to send: nobody’s session, an unknown effect, one that was taken, a call', async () => {
      await says('hi');
      await until(() => emulator.heard.length > 0);
      const session = (await store.contacts.find(`whatsapp:${PHONE}`)) ?? '';
      await until(async () => (await store.sessions.load(session))?.effects.length === 0);
      expect(await resend('nobody.1.1')).to.include({ refused: 'effect/unknown' });
      for (const id of [`${session}.1.9`, `${session}.9.1`, session, `${session}.x.1`])
        expect(await resend(id), id).to.include({ refused: 'effect/unknown' });
      expect(await resend(`${session}.1.1`)).to.include({ refused: 'effect/not-dead' });
      await store.sessions.commit(aCommit('caller', 0, { effects: [aCall('caller', 1, 1)] }));
      expect(await resend('caller.1.1')).to.include({ refused: 'effect/not-dead' });
    });
  });
