import { expect } from 'chai';
import { PROOF_WAIT, SEND_LEASE } from '../../src/contract/host/index.js';
import { BUDGET, type SessionState } from '../../src/contract/index.js';
import type { AuditEntry, Claim, Committed, Queue, Settlement, Store, TurnCommit } from '../../src/contract/store/index.js';
import { newAuditId } from '../../src/people/new-id.js';
import { aCall, aCommit, aFlow, aSend, aSession, at } from '../support/builders.js';

/** What both stores must do, without exceptions. `open` opens a store that contains no sessions of other tests. */
export function storeContract(name: string, open: () => Promise<Store>, close: (store: Store) => Promise<void>): void {
  describe(`the store: ${name}`, () => {
    let store: Store;
    let serial = 0;
    /** Returns the id of a session that no other test uses. */
    const fresh = () => `s${name.replace(/\W/g, '').toLowerCase()}${++serial}`;
    before(async () => {
      store = await open();
    });
    after(() => store && close(store));

    const commit = async (turn: TurnCommit): Promise<Committed> => {
      const result = await store.sessions.commit(turn);
      if (typeof result === 'string') throw new Error(`the commit was a ${result}`);
      return result;
    };
    const settle = async (...request: Parameters<Store['sessions']['settle']>): Promise<Claim | undefined> => {
      const next = await store.sessions.settle(...request);
      if (next === 'moved') throw new Error('the session was merged into another one');
      return next;
    };
    const done = (effect: string, ...providerIds: string[]): Settlement => ({
      effect,
      outcome: 'done',
      receipt: { ok: true, providerIds },
    });
    const retry = (effect: string, seconds: number): Settlement => ({
      effect,
      outcome: 'retry',
      notBefore: at(seconds),
      reason: 'throttled',
      accepted: 0,
      providerIds: [],
    });
    const ids = (claims: readonly (Claim | undefined)[]) => claims.map((claim) => claim?.effect.effect.id);
    const only = (committed: Committed): Claim => {
      const [claim] = committed.claims;
      if (!claim || committed.claims.length > 1) throw new Error(`${committed.claims.length} claims`);
      return claim;
    };

    describe('turns', () => {
      it('knows nothing of a session that was never committed', async () => {
        expect(await store.sessions.load(fresh())).to.equal(undefined);
      });

      it('loads state, revision and effects as they were committed', async () => {
        const id = fresh();
        await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1), aSend(id, 1, 2)] }));
        const stored = await store.sessions.load(id);
        expect(stored?.state).to.deep.equal(aSession(id, { turn: 1 }));
        expect(stored?.revision).to.equal(1);
        expect(stored?.effects.map((one) => one.effect)).to.deep.equal([aSend(id, 1, 1), aSend(id, 1, 2)]);
        expect([stored?.hasSeen('e1'), stored?.hasSeen('e2')]).to.deep.equal([true, false]);
      });

      it('stores empty values, null, dollars, dots, NUL, emoji and long texts as they are', async () => {
        const id = fresh();
        const odd = {
          empty: {},
          list: [],
          none: null,
          $set: { $inc: 1 },
          'a.b': 'c.d',
          text: '$"\u0000\u2028 👩‍👩‍👧 \\ \' ;--',
          number: '18446744073709551615',
          big: 'x'.repeat(100_000),
          nested: [[[{}]]],
          zero: 0,
          off: false,
        };
        const state: SessionState = aSession(id, { turn: 1, contact: { ...aSession(id).contact, fields: odd } });
        await commit(aCommit(id, 0, { state }));
        expect((await store.sessions.load(id))?.state).to.deep.equal(state);
        const [record] = await store.turns.list(id, { limit: 10 });
        expect(record).to.deep.equal(aCommit(id, 0).journal);
      });

      it('accepts one of several commits from the same revision', async () => {
        const id = fresh();
        await commit(aCommit(id, 0));
        const results = await Promise.all(
          Array.from({ length: 8 }, (_, i) => store.sessions.commit(aCommit(id, 1, { event: `race ${i}` }))),
        );
        expect(results.filter((one) => one === 'conflict')).to.have.length(7);
        expect((await store.sessions.load(id))?.revision).to.equal(2);
        expect((await store.turns.list(id, { limit: 10 })).map(({ turn }) => turn)).to.deep.equal([1, 2]);
      });

      it('accepts one of several first commits', async () => {
        const id = fresh();
        const results = await Promise.all(
          Array.from({ length: 8 }, (_, i) => store.sessions.commit(aCommit(id, 0, { event: `first ${i}` }))),
        );
        expect(results.filter((one) => typeof one === 'object')).to.have.length(1);
      });

      it('an event that was taken is a duplicate, from the newest revision and from an older one', async () => {
        const id = fresh();
        await commit(aCommit(id, 0));
        await commit(aCommit(id, 1));
        expect(await store.sessions.commit(aCommit(id, 2, { event: 'e1' }))).to.equal('duplicate');
        expect(await store.sessions.commit(aCommit(id, 1, { event: 'e2' }))).to.equal('duplicate');
      });

      it('an event is a duplicate however many came after it; a new one of the same time is not', async () => {
        const id = fresh();
        for (let base = 0; base < BUDGET.seen + 6; base += 1) await commit(aCommit(id, base));
        const base = BUDGET.seen + 6;
        expect((await store.sessions.load(id))?.hasSeen('e2')).to.equal(false);
        expect(await store.sessions.commit(aCommit(id, base, { event: 'e2', eventTime: at(2) }))).to.equal('duplicate');
        await commit(aCommit(id, base, { event: 'late but new', eventTime: at(2) }));
      });

      it('lists turns oldest first, page after page', async () => {
        const id = fresh();
        for (let base = 0; base < 25; base += 1) await commit(aCommit(id, base, { effects: [aSend(id, base + 1, 1)] }));
        const first = await store.turns.list(id, { limit: 10 });
        const rest = await store.turns.list(id, { after: 10, limit: 100 });
        expect([...first, ...rest].map(({ turn }) => turn)).to.deep.equal(Array.from({ length: 25 }, (_, i) => i + 1));
      });
    });

    describe('effects', () => {
      it('a commit claims the first send only, and settling it claims the next', async () => {
        const id = fresh();
        const claim = only(await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1), aSend(id, 1, 2)] })));
        expect([claim.effect.effect.id, claim.until]).to.deep.equal([`${id}.1.1`, new Date(Date.parse(at(1)) + SEND_LEASE).toISOString()]);
        const next = await settle(at(2), claim, [done(`${id}.1.1`, 'w1')]);
        expect(ids([next])).to.deep.equal([`${id}.1.2`]);
        expect(next && (await settle(at(3), next, [done(`${id}.1.2`, 'w2')]))).to.equal(undefined);
        expect((await store.sessions.load(id))?.effects).to.deep.equal([]);
      });

      it('a commit claims no send while another one is claimed, so that order is kept', async () => {
        const id = fresh();
        const claim = only(await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1)] })));
        expect((await commit(aCommit(id, 1, { effects: [aSend(id, 2, 1)] }))).claims).to.deep.equal([]);
        expect(await store.sessions.claim(at(3), { session: id })).to.equal(undefined);
        expect(ids([await settle(at(3), claim, [done(`${id}.1.1`, 'x1')])])).to.deep.equal([`${id}.2.1`]);
      });

      it('settling under a lost lease does nothing', async () => {
        const id = fresh();
        const claim = only(await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1)] })));
        expect(await settle(at(2), { ...claim, token: 'stale' }, [done(`${id}.1.1`, 'x')])).to.equal(undefined);
        expect((await store.sessions.load(id))?.effects).to.have.length(1);
        await settle(at(2), claim, [done(`${id}.1.1`, 'y')]);
        expect(await settle(at(2), claim, [retry(`${id}.1.1`, 5)])).to.equal(undefined);
        expect((await store.sessions.load(id))?.effects).to.deep.equal([]);
      });

      it('a retry holds up the queue until its time, and keeps its attempts and accepted parts', async () => {
        const id = fresh();
        const claim = only(await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1), aSend(id, 1, 2)] })));
        const again: Settlement = {
          effect: `${id}.1.1`,
          outcome: 'retry',
          notBefore: at(30),
          reason: 'part',
          accepted: 1,
          providerIds: ['p1'],
        };
        expect(await settle(at(2), claim, [again])).to.equal(undefined);
        expect(await store.sessions.claim(at(29), { session: id })).to.equal(undefined);
        const later = await store.sessions.claim(at(30), { session: id });
        expect([later?.effect.effect.id, later?.effect.attempts, later?.effect.accepted, later?.effect.providerIds]).to.deep.equal([
          `${id}.1.1`,
          1,
          1,
          ['p1'],
        ]);
      });

      it('a parked send does not hold up the sends behind it', async () => {
        const id = fresh();
        const claim = only(await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1), aSend(id, 1, 2)] })));
        const next = await settle(at(2), claim, [{ ...retry(`${id}.1.1`, 600), parked: true } as Settlement]);
        expect(ids([next])).to.deep.equal([`${id}.1.2`]);
      });

      it('a parked send is claimed when its time is over and no other send of the session is held', async () => {
        const id = fresh();
        const claim = only(await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1), aSend(id, 1, 2)] })));
        const next = await settle(at(2), claim, [{ ...retry(`${id}.1.1`, 10), parked: true } as Settlement]);
        expect(await store.sessions.claim(at(11), { session: id })).to.equal(undefined);
        if (!next) throw new Error('the send behind it was not handed on');
        expect(ids([await settle(at(12), next, [done(`${id}.1.2`)])])).to.deep.equal([`${id}.1.1`]);
      });

      it('a turn that settles under a lost lease removes the effect, and leaves the lease of the new holder', async () => {
        const id = fresh();
        const lost = only(await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1), aSend(id, 1, 2)] })));
        const held = await store.sessions.claim(at(1 + (SEND_LEASE + PROOF_WAIT) / 1000), { session: id, proven: `${id}.1.1` });
        if (!held) throw new Error('nothing was claimed');
        const late = await commit(aCommit(id, 1, { now: at(50), settles: { result: done(`${id}.1.1`), claim: lost } }));
        expect(late.claims).to.deep.equal([]);
        expect((await store.sessions.load(id))?.effects.map(({ effect }) => effect.id)).to.deep.equal([`${id}.1.2`]);
        expect(ids([await settle(at(51), held, [done(`${id}.1.1`)])])).to.deep.equal([`${id}.1.2`]);
      });

      it('calls are claimed beside sends, each with a lease of its own', async () => {
        const id = fresh();
        const { claims } = await commit(aCommit(id, 0, { effects: [aCall(id, 1, 1), aSend(id, 1, 2), aCall(id, 1, 3)] }));
        expect(ids(claims).sort()).to.deep.equal([`${id}.1.1`, `${id}.1.2`, `${id}.1.3`]);
        const call = claims.find((one) => one.effect.effect.id === `${id}.1.1`);
        const settles = { result: { effect: `${id}.1.1`, outcome: 'done' } as const, ...(call ? { claim: call } : {}) };
        await commit(aCommit(id, 1, { settles }));
        expect((await store.sessions.load(id))?.effects.map((one) => one.effect.id)).to.deep.equal([`${id}.1.2`, `${id}.1.3`]);
      });

      it('a call whose lease has ended can be claimed again', async () => {
        const id = fresh();
        await commit(aCommit(id, 0, { effects: [aCall(id, 1, 1)] }));
        expect(await store.sessions.claim(at(20), { session: id })).to.equal(undefined);
        expect(ids([await store.sessions.claim(at(30), { session: id })])).to.deep.equal([`${id}.1.1`]);
      });

      it('a turn settles the send that its run waited for in the same write, and claims the next', async () => {
        const id = fresh();
        const claim = only(await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1)] })));
        const next = await commit(aCommit(id, 1, { effects: [aSend(id, 2, 1)], settles: { result: done(`${id}.1.1`, 'z1'), claim } }));
        expect(ids(next.claims)).to.deep.equal([`${id}.2.1`]);
        expect((await store.deliveries.of([`${id}.1.1`])).get(`${id}.1.1`)?.status).to.equal('sent');
      });

      it('a send whose holder was lost is in doubt: it can be claimed after the wait for a proof, or at once with one', async () => {
        const id = fresh();
        const claim = only(await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1)] })));
        const lost = 1 + SEND_LEASE / 1000;
        expect(await store.sessions.claim(at(lost), { session: id })).to.equal(undefined);
        expect((await store.sessions.load(id))?.effects[0]?.inDoubt).to.equal(true);
        expect(await settle(at(lost + 1), claim, [retry(`${id}.1.1`, 90)])).to.equal(undefined);
        expect(await store.sessions.claim(at(lost + PROOF_WAIT / 1000 - 1), { session: id })).to.equal(undefined);
        const proven = await store.sessions.claim(at(lost + 2), { session: id, proven: `${id}.1.1` });
        expect([proven?.effect.effect.id, proven?.effect.inDoubt]).to.deep.equal([`${id}.1.1`, true]);
      });

      it('a send in doubt is settled, and not sent again, if its holder has the provider’s answer after all', async () => {
        const id = fresh();
        const claim = only(await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1), aSend(id, 1, 2)] })));
        const lost = 1 + SEND_LEASE / 1000;
        expect(await store.sessions.claim(at(lost), { session: id })).to.equal(undefined);
        expect(ids([await settle(at(lost + 1), claim, [done(`${id}.1.1`, `late-${id}`)])])).to.deep.equal([`${id}.1.2`]);
        expect((await store.deliveries.of([`${id}.1.1`])).get(`${id}.1.1`)).to.deep.equal({ status: 'sent', providerIds: [`late-${id}`] });
        expect((await store.sessions.load(id))?.effects.map(({ effect }) => effect.id)).to.deep.equal([`${id}.1.2`]);
      });

      it('notices of a session are claimed one after another, in a queue of their channel, and those that are given up are listed', async () => {
        const [id, channel] = [fresh(), `desk-${fresh()}`];
        const notice = (n: number) => {
          const call = aCall(id, 1, n);
          return { ...call, body: { ...call.body, notice: { channel } } } as typeof call;
        };
        const committed = await commit(aCommit(id, 0, { effects: [notice(1), aCall(id, 1, 2), notice(3)] }));
        const claims = typeof committed === 'string' ? [] : committed.claims;
        expect(ids(claims)).to.deep.equal([`${id}.1.1`, `${id}.1.2`]);
        const [first, call] = claims;
        if (!first || !call) throw new Error('nothing was claimed');
        expect(await settle(at(2), call, [{ effect: `${id}.1.2`, outcome: 'done' }])).to.equal(undefined);
        expect(await settle(at(2), first, [retry(`${id}.1.1`, 9)])).to.equal(undefined);
        const queue = `call|test|${channel}` as const;
        expect(await store.sessions.claimMany(at(8), { queue, max: 5 })).to.deep.equal([]);
        const [again] = await store.sessions.claimMany(at(9), { queue, max: 5 });
        expect(ids([again])).to.deep.equal([`${id}.1.1`]);
        const error = { kind: 'rejected', code: 'http-400', message: 'no' } as const;
        const next = await settle(at(9), again as Claim, [{ effect: `${id}.1.1`, outcome: 'dead', error }]);
        expect(ids([next as Claim])).to.deep.equal([`${id}.1.3`]);
        expect((await store.deliveries.dead({ channel, limit: 5 })).map(({ effect }) => effect)).to.deep.equal([`${id}.1.1`]);
        expect(await settle(at(10), next as Claim, [{ effect: `${id}.1.3`, outcome: 'done' }])).to.equal(undefined);
        expect((await store.sessions.load(id))?.effects).to.deep.equal([]);
      });

      describe('queues', () => {
        /** Commits a send on a channel of the test for each time, which stays in its queue because there is no room. */
        const waiting = async (channel: string, times: readonly number[], lane: 'reply' | 'campaign' = 'reply') => {
          const mine: string[] = [];
          for (const time of times) {
            const id = fresh();
            const send = aSend(id, 1, 1);
            const body = { ...send.body, channel, lane } as typeof send.body;
            const { claims } = await commit(aCommit(id, 0, { now: at(time), effects: [{ ...send, body }], hasRoom: () => false }));
            expect(claims).to.deep.equal([]);
            mine.push(id);
          }
          return mine;
        };
        /** The time of what was stored at a second and waits for nothing. */
        const atOnce = (seconds: number) => `0${at(seconds).slice(1)}`;
        const stateOf = async (queue: Queue) => (await store.sessions.queues()).find((one) => one.queue === queue);
        const claimed = async (queue: Queue, seconds: number, max: number, held?: ReadonlySet<string>) =>
          (await store.sessions.claimMany(at(seconds), { queue, max, ...(held ? { held } : {}) })).map(({ session }) => session);

        it('a commit claims only what there is room for', async () => {
          const id = fresh();
          const effects = [aSend(id, 1, 1), aCall(id, 1, 2), aCall(id, 1, 3)];
          const { claims } = await commit(aCommit(id, 0, { effects, hasRoom: (effect) => effect.id === `${id}.1.3` }));
          expect(ids(claims)).to.deep.equal([`${id}.1.3`]);
          expect((await store.sessions.load(id))?.effects.map(({ status }) => status)).to.deep.equal(['queued', 'queued', 'claimed']);
          expect(ids([await store.sessions.claim(at(2), { session: id })])).to.deep.equal([`${id}.1.1`]);
        });

        it('what is due is claimed from one queue only, at most so many, each once', async () => {
          const channel = `q-${fresh()}`;
          const [third = '', first, second] = await waiting(channel, [7, 5, 6]);
          await waiting(channel, [5], 'campaign');
          await waiting(`${channel}x`, [5]);
          const claim = await store.sessions.claim(at(7), { session: third });
          if (claim) await settle(at(7), claim, [retry(`${third}.1.1`, 9)]);
          const one = await claimed(`reply|${channel}`, 8, 1);
          expect([...one, ...(await claimed(`reply|${channel}`, 8, 9))]).to.have.members([first, second]);
          expect(one).to.have.length(1);
          expect(await claimed(`reply|${channel}`, 9, 9)).to.deep.equal([third]);
          expect(await claimed(`reply|${channel}`, 9, 9)).to.deep.equal([]);
        });

        it('what waits for nothing is due, although the clock has been set back since', async () => {
          const channel = `q-${fresh()}`;
          const mine = await waiting(channel, [3_600]);
          expect(await claimed(`reply|${channel}`, 5, 9)).to.deep.equal(mine);
        });

        it('several callers at once share what is due', async () => {
          const channel = `q-${fresh()}`;
          const mine = await waiting(
            channel,
            Array.from({ length: 40 }, (_, i) => i),
          );
          const shares = await Promise.all([1, 2, 3].map(() => claimed(`reply|${channel}`, 40, 40)));
          expect(shares.flat().sort()).to.deep.equal([...mine].sort());
        });

        it('leases that have ended are only put off, and hide nothing that is due', async () => {
          const channel = `q-${fresh()}`;
          const lost = await waiting(channel, [1, 2]);
          expect(await claimed(`reply|${channel}`, 2, 2)).to.have.members(lost);
          const over = 2 + SEND_LEASE / 1000;
          const [due] = await waiting(channel, [over]);
          expect(await claimed(`reply|${channel}`, over, 1)).to.deep.equal([due]);
          expect(await claimed(`reply|${channel}`, over + PROOF_WAIT / 1000, 9)).to.have.members(lost);
        });

        it('leases of the caller do not end, and hide nothing that is due', async () => {
          const channel = `q-${fresh()}`;
          await waiting(channel, [1, 2]);
          const held = new Set((await store.sessions.claimMany(at(2), { queue: `reply|${channel}`, max: 2 })).map(({ token }) => token));
          const over = 2 + SEND_LEASE / 1000;
          const [due] = await waiting(channel, [over]);
          expect(await claimed(`reply|${channel}`, over, 1, held)).to.deep.equal([due]);
          expect(await claimed(`reply|${channel}`, over, 9, held)).to.deep.equal([]);
        });

        it('calls are in queues of their own, by their services, whatever happens to the sends before them', async () => {
          const id = fresh();
          const service = `service-${id}`;
          const call = aCall(id, 1, 2);
          const body = { ...call.body, service } as typeof call.body;
          await commit(aCommit(id, 0, { now: at(1), effects: [aSend(id, 1, 1), { ...call, body }], hasRoom: () => false }));
          expect(await stateOf(`call|${service}`)).to.deep.equal({ queue: `call|${service}`, dueAt: atOnce(1) });
          const [claim] = await store.sessions.claimMany(at(2), { queue: `call|${service}`, max: 5 });
          expect(claim?.effect.effect.id).to.equal(`${id}.1.2`);
          expect((await store.sessions.load(id))?.effects.map(({ status }) => status)).to.deep.equal(['queued', 'claimed']);
          expect(await stateOf(`call|${service}`)).to.deep.equal({ queue: `call|${service}`, dueAt: claim?.until });
          if (claim) await settle(at(3), claim, [{ effect: `${id}.1.2`, outcome: 'done' }]);
          expect(await stateOf(`call|${service}`)).to.equal(undefined);
        });

        it('knows which queues are not empty, and when their first effect is or will be due', async () => {
          const channel = `q-${fresh()}`;
          const [id = ''] = await waiting(channel, [8, 9]);
          expect(await stateOf(`reply|${channel}`)).to.deep.equal({ queue: `reply|${channel}`, dueAt: atOnce(8) });
          expect(await stateOf(`campaign|${channel}`)).to.equal(undefined);
          const claim = await store.sessions.claim(at(8), { session: id });
          if (claim) await settle(at(8), claim, [retry(`${id}.1.1`, 60)]);
          expect((await stateOf(`reply|${channel}`))?.dueAt).to.equal(atOnce(9));
          await store.sessions.forget(id, at(9));
          expect((await stateOf(`reply|${channel}`))?.dueAt).to.equal(atOnce(9));
        });

        it('a forgotten person is in no queue', async () => {
          const id = fresh();
          const service = `service-${id}`;
          const call = aCall(id, 1, 1);
          await commit(aCommit(id, 0, { effects: [{ ...call, body: { ...call.body, service } as typeof call.body }] }));
          await store.sessions.forget(id, at(9));
          expect(await stateOf(`call|${service}`)).to.equal(undefined);
        });
      });

      it('loads sessions that are asked for at the same time, those that exist', async () => {
        const [one, two, gone] = [fresh(), fresh(), fresh()];
        for (const id of [one, two, gone]) await commit(aCommit(id, 0));
        await store.sessions.forget(gone, at(1));
        const found = await Promise.all([one, gone, 'nobody', two].map((id) => store.sessions.load(id)));
        expect(found.map((stored) => stored?.state.id)).to.deep.equal([one, undefined, undefined, two]);
        expect(found[3]).to.deep.include({ revision: 1, state: aSession(two, { turn: 1 }) });
      });

      it('each due effect is claimed only once, however many look for it', async () => {
        const mine = Array.from({ length: 6 }, fresh);
        for (const id of mine) {
          const claim = only(await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1)] })));
          await settle(at(1), claim, [retry(`${id}.1.1`, 2)]);
        }
        const looks = await Promise.all(mine.flatMap((id) => [1, 2, 3].map(() => store.sessions.claim(at(5), { session: id }))));
        expect(ids(looks.filter((one) => one !== undefined)).sort()).to.deep.equal(mine.map((id) => `${id}.1.1`).sort());
      });
    });

    describe('deliveries', () => {
      const sent = async (...providerIds: string[]) => {
        const id = fresh();
        const claim = only(await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1)] })));
        await settle(at(2), claim, [done(`${id}.1.1`, ...providerIds)]);
        return `${id}.1.1`;
      };
      const status = async (effect: string) => (await store.deliveries.of([effect])).get(effect)?.status;
      const told = (providerId: string, state: 'sent' | 'delivered' | 'read' | 'failed') =>
        store.deliveries.record({ channel: 'wa', providerId, status: state, at: at(9) });

      it('a receipt finds its send; late, repeated and out-of-order receipts change nothing', async () => {
        const effect = await sent('d1');
        expect(await told('d1', 'read')).to.deep.equal({ effectId: effect, moved: true });
        expect(await told('d1', 'delivered')).to.deep.equal({ effectId: effect, moved: false });
        expect(await told('d1', 'read')).to.deep.equal({ effectId: effect, moved: false });
        expect(await status(effect)).to.equal('read');
      });

      it('knows which effect sent a message of the provider, as soon as it is settled or a receipt says so', async () => {
        const effect = await sent('whose-1', 'whose-2');
        expect(await store.deliveries.effectOf('wa', 'whose-1')).to.equal(effect);
        expect(await store.deliveries.effectOf('wa', 'whose-2')).to.equal(effect);
        expect(await store.deliveries.effectOf('vb', 'whose-1')).to.equal(undefined);
        await told('not-ours', 'read');
        expect(await store.deliveries.effectOf('wa', 'not-ours')).to.equal(undefined);
      });

      it('a receipt that comes before its send is settled is kept, and joined with it', async () => {
        expect(await told('early', 'delivered')).to.deep.equal({ moved: true });
        expect(await status(await sent('early'))).to.equal('delivered');
      });

      it('a receipt that names our effect proves a send before it is settled', async () => {
        const effect = `${fresh()}.1.1`;
        await store.deliveries.record({ channel: 'wa', providerId: 'proof', effectId: effect, status: 'sent', at: at(9) });
        expect((await store.deliveries.of([effect])).get(effect)).to.deep.equal({ status: 'sent', providerIds: ['proof'] });
      });

      it('a late receipt that changes no status may be the first to name the effect', async () => {
        const effect = `${fresh()}.1.1`;
        await told('whose', 'delivered');
        const named = { channel: 'wa', providerId: 'whose', effectId: effect, status: 'sent', at: at(9) } as const;
        expect(await store.deliveries.record(named)).to.deep.equal({ effectId: effect, moved: false });
        expect(await status(effect)).to.equal('delivered');
      });

      it('has the lowest status of several messages, and has failed if one of them has', async () => {
        const effect = await sent('many1', 'many2');
        await told('many1', 'read');
        expect(await status(effect)).to.equal('sent');
        await store.deliveries.record({
          channel: 'wa',
          providerId: 'many2',
          status: 'failed',
          at: at(9),
          error: { kind: 'rejected', code: '131026', message: 'no' },
        });
        expect((await store.deliveries.of([effect])).get(effect)).to.deep.equal({
          status: 'failed',
          providerIds: ['many1', 'many2'],
          error: { kind: 'rejected', code: '131026', message: 'no' },
        });
      });

      it('a dead send is shown as failed with its reason', async () => {
        const id = fresh();
        const claim = only(await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1)] })));
        const error = { kind: 'blocked', code: '368', message: 'blocked' } as const;
        await settle(at(2), claim, [{ effect: `${id}.1.1`, outcome: 'dead', error }]);
        expect((await store.deliveries.of([`${id}.1.1`])).get(`${id}.1.1`)).to.deep.equal({ status: 'failed', providerIds: [], error });
      });
    });

    describe('dead sends', () => {
      const error = { kind: 'rejected', code: '131026', message: 'no' } as const;
      const die = async (channel: string, seconds: number) => {
        const id = fresh();
        const effect = aSend(id, 1, 1);
        const body = { ...effect.body, channel } as typeof effect.body;
        const claim = only(await commit(aCommit(id, 0, { effects: [{ ...effect, body }] })));
        await settle(at(seconds), claim, [{ effect: effect.id, outcome: 'dead', error }]);
        return effect.id;
      };

      it('are listed oldest first, of one channel or of all, page after page, until they are sent again', async () => {
        const [here, there] = [`here-${fresh()}`, `there-${fresh()}`];
        const [late, early] = [await die(here, 9), await die(here, 8)];
        const other = await die(there, 7);
        const [first, second] = await store.deliveries.dead({ channel: here, limit: 5 });
        expect(first).to.deep.include({ effect: early, session: early.split('.')[0], channel: here, at: at(8), error });
        expect(second?.effect).to.equal(late);
        const after = first?.key ?? '';
        expect((await store.deliveries.dead({ channel: here, after, limit: 1 })).map(({ effect }) => effect)).to.deep.equal([late]);
        const all = (await store.deliveries.dead({ limit: 1000 })).map(({ effect }) => effect);
        expect(all.filter((one) => [late, early, other].includes(one))).to.deep.equal([other, early, late]);
        expect(await store.deliveries.isDead(early)).to.equal(true);
        await store.deliveries.revive(early);
        await store.deliveries.revive(early);
        expect(await store.deliveries.isDead(early)).to.equal(false);
        expect((await store.deliveries.dead({ channel: here, limit: 5 })).map(({ effect }) => effect)).to.deep.equal([late]);
        expect((await store.deliveries.of([early])).get(early)?.status).to.equal('failed');
      });

      it('do not include sends that were accepted and later reported as failed', async () => {
        const channel = `wa-${fresh()}`;
        const id = fresh();
        const effect = aSend(id, 1, 1);
        const body = { ...effect.body, channel } as typeof effect.body;
        const claim = only(await commit(aCommit(id, 0, { effects: [{ ...effect, body }] })));
        await settle(at(2), claim, [done(effect.id, `w-${id}`)]);
        await store.deliveries.record({ channel, providerId: `w-${id}`, status: 'failed', at: at(3), effectId: effect.id, error });
        expect(await store.deliveries.dead({ channel, limit: 5 })).to.deep.equal([]);
        expect(await store.deliveries.isDead(effect.id)).to.equal(false);
      });

      it('include sends that a turn has settled as dead', async () => {
        const channel = `wa-${fresh()}`;
        const id = fresh();
        const effect = aSend(id, 1, 1);
        const body = { ...effect.body, channel } as typeof effect.body;
        const claim = only(await commit(aCommit(id, 0, { effects: [{ ...effect, body }] })));
        await commit(aCommit(id, 1, { settles: { result: { effect: effect.id, outcome: 'dead', error }, claim } }));
        expect((await store.deliveries.dead({ channel, limit: 5 })).map((one) => [one.effect, one.at])).to.deep.equal([[effect.id, at(2)]]);
      });
    });

    describe('waking', () => {
      it('finds sessions whose wait has ended, and postpones one that fails', async () => {
        const [late, early] = [fresh(), fresh()];
        await commit(aCommit(late, 0, { index: { status: 'waiting', positions: [], wakeAt: '2001-01-01T00:00:02.000Z' } }));
        await commit(aCommit(early, 0, { index: { status: 'waiting', positions: [], wakeAt: '2001-01-01T00:00:01.000Z' } }));
        const now = '2001-01-01T00:00:05.000Z';
        expect(await store.sessions.dueWakes(now, 10)).to.have.members([early, late]);
        expect(await store.sessions.dueWakes(now, 1)).to.have.length(1);
        expect(await store.sessions.dueWakes('2001-01-01T00:00:01.000Z', 10)).to.deep.equal([early]);
        expect(await store.sessions.nextWake(now)).to.equal('2001-01-01T00:00:01.000Z');
        expect(await store.sessions.nextWake('2001-01-01T00:00:01.000Z')).to.equal(undefined);
        await store.sessions.postponeWake(early, '2001-01-01T00:01:00.000Z');
        expect(await store.sessions.dueWakes(now, 10)).to.deep.equal([late]);
        await commit(aCommit(late, 1, { index: { status: 'idle', positions: [] } }));
        expect(await store.sessions.dueWakes(now, 10)).to.deep.equal([]);
      });
    });

    describe('finding sessions', () => {
      it('finds them by flow and status, oldest first, page after page, and counts how many wait where', async () => {
        const code = `flow-${fresh()}`;
        const mine = [fresh(), fresh(), fresh()].sort();
        for (const id of mine)
          await commit(aCommit(id, 0, { index: { status: 'waiting', positions: [`${code}@3#ask`, `${code}@2#call`] } }));
        const lookalike = fresh();
        await commit(aCommit(lookalike, 0, { index: { status: 'waiting', positions: [`${code}x@1#ask`] } }));
        const list = async (query: object) => (await store.sessions.list({ limit: 10, ...query })).map(({ state }) => state.id);
        expect(await list({ flow: code, status: 'waiting' })).to.deep.equal(mine);
        expect(await list({ flow: code, status: 'idle' })).to.deep.equal([]);
        for (const wild of ['%', code.replace('-', '_'), code.toUpperCase(), '.*']) expect(await list({ flow: wild })).to.deep.equal([]);
        expect(await list({ flow: code, limit: 2 })).to.deep.equal(mine.slice(0, 2));
        expect(await list({ flow: code, after: mine[1] })).to.deep.equal(mine.slice(2));
        expect(await list({ contact: mine[0] })).to.deep.equal([mine[0]]);
        expect(await store.sessions.positions(code)).to.deep.equal([
          { version: 2, node: 'call', waiting: 3 },
          { version: 3, node: 'ask', waiting: 3 },
        ]);
        expect((await store.sessions.waiting()).filter(({ flow }) => flow.startsWith(code))).to.deep.equal([
          { flow: code, version: 2, waiting: 3 },
          { flow: code, version: 3, waiting: 3 },
          { flow: `${code}x`, version: 1, waiting: 1 },
        ]);
      });

      it('finds those that are handed over by their queue, whether or not runs wait in them, until the talk is given back', async () => {
        const queue = `queue-${fresh()}`;
        const [one, other, third] = [fresh(), fresh(), fresh()].sort();
        const handedOver = { status: 'waiting', positions: [], queue } as const;
        for (const id of [one, other]) await commit(aCommit(id ?? '', 0, { index: handedOver }));
        await commit(aCommit(third ?? '', 0, { index: { status: 'idle', positions: [], queue: `${queue}x` } }));
        const list = async (query: object) => (await store.sessions.list({ limit: 10, ...query })).map(({ state }) => state.id);
        expect(await list({ queue })).to.deep.equal([one, other]);
        expect(await list({ queue, status: 'operator', limit: 1 })).to.deep.equal([one]);
        expect(await list({ queue, after: one })).to.deep.equal([other]);
        expect(await list({ queue, status: 'waiting' })).to.deep.equal([]);
        expect(await list({ status: 'operator', limit: 1_000 })).to.include.members([one, other, third]);
        expect((await list({ status: 'waiting', limit: 10_000 })).filter((id) => id === one)).to.deep.equal([]);
        expect((await store.sessions.list({ contact: third ?? '', limit: 1 }))[0]?.status).to.equal('operator');
        await commit(aCommit(one ?? '', 1, { index: { status: 'waiting', positions: [] } }));
        expect(await list({ queue })).to.deep.equal([other]);
        expect((await store.sessions.list({ contact: one ?? '', limit: 1 }))[0]?.status).to.equal('waiting');
      });

      it('finds the few of a flow among thousands of others', async () => {
        const code = `flow-${fresh()}`;
        const all = Array.from({ length: 2_500 }, (_, i) => `many-${code}-${String(i).padStart(4, '0')}`);
        const mine = [all[3], all[1_203], all[2_490]];
        const indexOf = (id: string) => (mine.includes(id) ? ({ status: 'waiting', positions: [`${code}@1#ask`] } as const) : undefined);
        await Promise.all(all.map((id) => commit(aCommit(id, 0, { index: indexOf(id) ?? { status: 'idle', positions: [] } }))));
        const list = async (query: object) => (await store.sessions.list({ flow: code, ...query } as never)).map(({ state }) => state.id);
        expect(await list({ limit: 10 })).to.deep.equal(mine);
        expect(await list({ limit: 2 })).to.deep.equal(mine.slice(0, 2));
        expect(await list({ limit: 2, after: mine[1] })).to.deep.equal(mine.slice(2));
      });
    });

    describe('contacts', () => {
      const names = () => {
        const unique = fresh();
        return [`whatsapp:US.${unique}`, `whatsapp:${unique}`, `phone:+${unique}`];
      };

      it('a new person gets the fresh id, and keeps it under every identity', async () => {
        const identities = names();
        expect(await store.contacts.resolve(identities, 'a1')).to.deep.equal({ session: 'a1', created: true, others: [] });
        for (const identity of identities)
          expect(await store.contacts.resolve([identity], 'b1')).to.deep.equal({ session: 'a1', created: false, others: [] });
        expect(await store.contacts.find(identities[0] ?? '')).to.equal('a1');
        expect(await store.contacts.find('whatsapp:nobody')).to.equal(undefined);
      });

      it('an identity that appears later is added to the person', async () => {
        const [user = '', phone = ''] = names();
        await store.contacts.resolve([phone], 'a2');
        expect((await store.contacts.resolve([user, phone], 'b2')).session).to.equal('a2');
        expect(await store.contacts.find(user)).to.equal('a2');
      });

      it('concurrent resolves of the same new identities all return one id', async () => {
        const identities = names();
        const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => store.contacts.resolve(identities, `race${i}`)));
        expect(new Set(answers.map(({ session }) => session)).size).to.equal(1);
      });

      it('reports the sessions of one person, the older one first, and moves their identities', async () => {
        const [user = '', phone = ''] = names();
        await store.contacts.resolve([phone], 'c-older');
        await store.contacts.resolve([user], 'c-younger');
        expect(await store.contacts.resolve([user, phone], 'x')).to.deep.equal({
          session: 'c-older',
          created: false,
          others: ['c-younger'],
        });
        await store.contacts.move('c-younger', 'c-older');
        await store.contacts.move('c-younger', 'c-older');
        expect(await store.contacts.resolve([user, phone], 'x')).to.deep.equal({ session: 'c-older', created: false, others: [] });
      });
    });

    describe('flows', () => {
      const code = () => `flow-${fresh()}`;
      const published = async (flow: string, text = 'one') => {
        const stored = await store.flows.get(flow);
        return store.flows.publish(flow, {
          revision: stored?.draft.revision ?? 0,
          definition: { ...aFlow(flow), remark: text },
          remark: text,
          by: 'admin',
          at: at(5),
        });
      };

      it('a code can be used once', async () => {
        const flow = code();
        const answers = await Promise.all([1, 2, 3].map(() => store.flows.create({ definition: aFlow(flow), at: at(1), by: 'Ada' })));
        expect(answers.filter((one) => one === 'taken')).to.have.length(2);
        expect(await store.flows.get(flow)).to.deep.include({ code: flow, state: 'OFFLINE', channels: [], logging: true });
        expect(await store.flows.get(code())).to.equal(undefined);
      });

      it('a draft is saved only from the revision that was read, and stored as it is', async () => {
        const flow = code();
        const second = { revision: 2, at: at(2), by: 'Grace' };
        const definition = aFlow(flow, { remark: '$x', 'x-note': { 'a.b': { $c: null } } } as never);
        await store.flows.create({ definition: aFlow(flow), at: at(1), by: 'Ada' });
        expect(await store.flows.saveDraft(flow, { definition, base: 1, at: at(2), by: 'Grace', editor: 'e.7' })).to.deep.equal({
          saved: true,
          ...second,
        });
        expect(await store.flows.saveDraft(flow, { definition: aFlow(flow), base: 1, at: at(3), by: 'Ada' })).to.deep.equal({
          saved: false,
          ...second,
        });
        expect((await store.flows.get(flow))?.draft).to.deep.equal({ ...second, definition, changed: true, editor: 'e.7' });
        expect(await store.flows.saveDraft(code(), { definition, base: 1, at: at(2), by: 'Ada' })).to.equal(undefined);
      });

      it('keeps the drafts before the current one, thinned and as they were, until the flow is removed', async () => {
        const flow = code();
        const save = async (base: number, seconds: number) => {
          const definition = aFlow(flow, { remark: `r${base + 1}`, notes: [{ 'a.b': { $c: '\u2028' } }] });
          expect(await store.flows.saveDraft(flow, { definition, base, at: at(seconds), by: `Ada ${base + 1}` })).to.include({
            saved: true,
          });
        };
        const kept = async () => (await store.flows.earlierDrafts(flow)).map(({ revision }) => revision);
        expect(await kept()).to.deep.equal([]);
        await store.flows.create({ definition: aFlow(flow), at: at(1), by: 'Ada' });
        expect(await kept()).to.deep.equal([]);
        for (let base = 1; base < 5; base += 1) await save(base, base);
        expect(await kept()).to.deep.equal([4, 3, 2, 1]);
        expect((await store.flows.earlierDrafts(flow))[1]).to.deep.equal({ revision: 3, at: at(2), by: 'Ada 3', nodes: 2 });
        expect(await store.flows.earlierDraft(flow, 3)).to.deep.include({ remark: 'r3', notes: [{ 'a.b': { $c: '\u2028' } }] });
        expect(await store.flows.earlierDraft(flow, 9)).to.equal(undefined);
        // More than an hour later, the last of the first ten minutes is left of them.
        await save(5, 4_000);
        await save(6, 4_001);
        expect(await kept()).to.deep.equal([6, 5]);
        expect(await store.flows.earlierDraft(flow, 4)).to.equal(undefined);
        await store.flows.remove(flow);
        expect(await kept()).to.deep.equal([]);
        expect(await store.flows.earlierDraft(flow, 6)).to.equal(undefined);
      });

      it('a new name is a save of the draft, other changes are not', async () => {
        const flow = code();
        const { name } = aFlow(flow);
        await store.flows.create({ definition: aFlow(flow), at: at(1), by: 'Ada' });
        await published(flow);
        for (const patch of [{ logging: false }, { name }]) await store.flows.patch(flow, { ...patch, at: at(6), by: 'Grace' });
        expect((await store.flows.get(flow))?.draft).to.deep.include({ revision: 1, changed: false, by: 'Ada' });
        await store.flows.patch(flow, { name: 'New', at: at(7), by: 'Grace' });
        const draft = (await store.flows.get(flow))?.draft;
        expect(draft).to.deep.include({ revision: 2, changed: true, at: at(7), by: 'Grace' });
        expect([draft?.definition.name, (await store.flows.earlierDraft(flow, 1))?.name]).to.deep.equal(['New', name]);
      });

      it('a publish makes the next version, which cannot be changed, and puts it online in place of the one before', async () => {
        const flow = code();
        const before = await store.flows.revision();
        await store.flows.create({ definition: aFlow(flow), at: at(1), by: 'Ada' });
        expect(await store.flows.newestVersion(flow)).to.equal(0);
        expect(await published(flow, 'one')).to.deep.equal({ version: 1 });
        expect(await published(flow, 'two')).to.deep.equal({ version: 2 });
        expect(await store.flows.newestVersion(flow)).to.equal(2);
        expect(await store.flows.revision()).to.be.greaterThan(before);
        const [first, second] = [1, 2].map((version) => ({ flow, version, publishedAt: at(5), by: 'admin' }));
        const listed = [
          { ...first, state: 'OFFLINE', remark: 'one' },
          { ...second, state: 'ONLINE', remark: 'two' },
        ];
        expect(await store.flows.versions(flow, { limit: 10 })).to.deep.equal(listed);
        expect(await store.flows.versions(flow, { limit: 10, isNewestFirst: true })).to.deep.equal([...listed].reverse());
        const numbers = async (query: object) => (await store.flows.versions(flow, { limit: 1, ...query })).map(({ version }) => version);
        expect([await numbers({}), await numbers({ after: 1 }), await numbers({ after: 2 })]).to.deep.equal([[1], [2], []]);
        expect([await numbers({ isNewestFirst: true }), await numbers({ isNewestFirst: true, after: 2 })]).to.deep.equal([[2], [1]]);
        expect((await store.flows.version(flow, 1))?.definition.remark).to.equal('one');
        expect((await store.flows.online()).filter((one) => one.flow.code === flow).map((one) => one.version.version)).to.deep.equal([2]);
      });

      it('a publish of a draft that was saved meanwhile is a conflict', async () => {
        const flow = code();
        await store.flows.create({ definition: aFlow(flow), at: at(1), by: 'Ada' });
        await store.flows.saveDraft(flow, { definition: aFlow(flow), base: 1, at: at(2), by: 'Ada' });
        expect(await store.flows.publish(flow, { revision: 1, definition: aFlow(flow), remark: '', by: 'admin', at: at(3) })).to.equal(
          'conflict',
        );
      });

      it('a publish that comes too late leaves no version', async () => {
        const flow = code();
        await store.flows.create({ definition: aFlow(flow), at: at(1), by: 'Ada' });
        let published = 0;
        for (let base = 1; base <= 10; base += 1) {
          const definition = aFlow(flow);
          const [answer] = await Promise.all([
            store.flows.publish(flow, { revision: base, definition, remark: '', by: 'admin', at: at(3) }),
            store.flows.saveDraft(flow, { definition, base, at: at(3), by: 'Ada' }),
          ]);
          if (answer !== 'conflict') published += 1;
        }
        expect(await store.flows.versions(flow, { limit: 20 })).to.have.length(published);
      });

      it('rolls back and goes offline; can be bound and removed only while offline', async () => {
        const flow = code();
        await store.flows.create({ definition: aFlow(flow), at: at(1), by: 'Ada' });
        await published(flow);
        await published(flow);
        expect(await store.flows.rollback(flow, 9, at(6))).to.equal('no-version');
        expect(await store.flows.rollback(flow, 1, at(6))).to.deep.include({ state: 'ONLINE', version: 1 });
        expect(await store.flows.bind(flow, ['wa'], at(7))).to.equal('online');
        expect(await store.flows.remove(flow)).to.equal('online');
        const offline = await store.flows.takeOffline(flow, at(8));
        expect([offline?.state, offline?.version]).to.deep.equal(['OFFLINE', undefined]);
        expect(await store.flows.bind(flow, ['wa'], at(9))).to.deep.include({ channels: ['wa'] });
        expect(await store.flows.remove(flow)).to.equal('removed');
        expect(await store.flows.remove(flow)).to.equal(undefined);
      });

      it('versions of a removed flow stay for people who are in it, and a new flow with the code continues their numbers', async () => {
        const flow = code();
        await store.flows.create({ definition: aFlow(flow), at: at(1), by: 'Ada' });
        await published(flow);
        await store.flows.takeOffline(flow, at(6));
        await store.flows.remove(flow);
        expect(await store.flows.version(flow, 1)).to.deep.include({ version: 1, state: 'DELETED' });
        await store.flows.create({ definition: aFlow(flow), at: at(7), by: 'Ada' });
        expect(await published(flow)).to.deep.equal({ version: 2 });
        expect(await store.flows.rollback(flow, 1, at(9))).to.equal('no-version');
      });

      it('lists by text and state, page after page, and changes name, remark and logging', async () => {
        const mark = fresh();
        const codes = ['a', 'b', 'c'].map((letter) => `list-${mark}-${letter}`);
        for (const one of codes) await store.flows.create({ definition: aFlow(one), at: at(1), by: 'Ada' });
        await published(codes[1] ?? '');
        const list = async (query: object) =>
          (await store.flows.list({ text: mark.toUpperCase(), limit: 10, ...query })).map(({ flow }) => flow.code);
        expect(await list({})).to.deep.equal(codes);
        expect(await list({ state: 'ONLINE' })).to.deep.equal([codes[1]]);
        expect(await list({ limit: 2 })).to.deep.equal(codes.slice(0, 2));
        expect(await list({ after: codes[1] })).to.deep.equal([codes[2]]);
        expect(await store.flows.patch(codes[0] ?? '', { name: 'New name', logging: false, at: at(2), by: 'Ada' })).to.deep.include({
          name: 'New name',
          logging: false,
        });
      });
    });

    describe('lists of flows', () => {
      const mark = fresh();
      const names = { a: 'Zebra', b: 'Äpfel', c: 'apfelkuchen', d: 'zebra', e: '' };
      const codes = Object.keys(names).map((letter) => `sort-${mark}-${letter}`);
      before(async () => {
        for (const [i, name] of Object.values(names).entries()) {
          const triggers = i % 2 === 0 ? [] : [{ type: 'TriggeredManually' } as const];
          const definition = aFlow(codes[i] ?? '', { name, triggers, remark: 'R'.repeat(i * 400) });
          await store.flows.create({ definition, at: at(100 - i), by: 'Ada' });
        }
        await store.flows.bind(codes[2] ?? '', ['wa', 'vb'], at(200));
      });
      const letters = (found: readonly { readonly flow: { readonly code: string } }[]) =>
        found.map(({ flow }) => flow.code.at(-1)).join('');
      const list = async (query: object) => letters(await store.flows.list({ text: `sort-${mark}`, limit: 10, ...query }));

      it('are sorted by code, name or the last change, up and down', async () => {
        expect(await list({ sort: 'code' })).to.equal('abcde');
        expect(await list({ sort: '-code' })).to.equal('edcba');
        expect(await list({ sort: 'name' })).to.equal('ebcad');
        expect(await list({ sort: '-name' })).to.equal('dacbe');
        expect(await list({ sort: 'updatedAt' })).to.equal('edbac');
        expect(await list({ sort: '-updatedAt' })).to.equal('cabde');
      });

      it('go on after the key of the last flow', async () => {
        for (const sort of ['code', '-code', 'name', '-name', 'updatedAt', '-updatedAt'] as const) {
          let seen = '';
          for (let after: string | undefined; ; ) {
            const page = await store.flows.list({ text: `sort-${mark}`, limit: 2, sort, ...(after === undefined ? {} : { after }) });
            seen += letters(page);
            after = page.at(-1)?.key;
            if (page.length < 2) break;
          }
          expect(seen, sort).to.equal(await list({ sort }));
        }
      });

      it('are filtered by trigger and channel', async () => {
        expect(await list({ trigger: 'TriggeredManually' })).to.equal('bd');
        expect(await list({ channel: 'vb' })).to.equal('c');
        expect(await list({ channel: 'vb', trigger: 'TriggeredManually' })).to.equal('');
      });

      it('show what has changed, and no definition', async () => {
        await store.flows.patch(codes[0] ?? '', { name: 'aa', at: at(300), by: 'Ada' });
        await store.flows.saveDraft(codes[1] ?? '', {
          definition: aFlow(codes[1] ?? '', { name: 'ab' }),
          base: 1,
          at: at(301),
          by: 'Grace',
        });
        await store.flows.remove(codes[3] ?? '');
        expect(await list({ sort: 'name' })).to.equal('eabc');
        expect(await list({ sort: '-updatedAt' })).to.equal('bace');
        const [saved] = await store.flows.list({ text: `sort-${mark}`, limit: 1, sort: '-updatedAt' });
        const { draft, ...flow } = (await store.flows.get(codes[1] ?? '')) ?? { draft: undefined };
        expect(saved?.flow).to.deep.equal({
          ...flow,
          draft: { revision: 2, at: at(301), by: 'Grace', changed: true },
          triggers: draft?.definition.triggers,
        });
      });
    });

    describe('starts and keys', () => {
      it('keeps the first start with a key, with its answer when there is one; a refused start can be removed', async () => {
        const key = `note:${fresh()}`;
        const start = { key, hash: 'h', session: 's', run: 'r', at: at(1) };
        expect(await store.starts.get(key)).to.equal(undefined);
        expect(await store.starts.putIfAbsent(start)).to.deep.equal({ start, isNew: true });
        await store.starts.answer(key, { status: 'started' }, 's');
        const again = await store.starts.putIfAbsent({ ...start, run: 'other' });
        expect(again).to.deep.equal({ start: { ...start, answer: { status: 'started' } }, isNew: false });
        await store.starts.remove(key, 'another');
        expect((await store.starts.get(key))?.run).to.equal(start.run);
        await store.starts.remove(key, start.run);
        expect(await store.starts.get(key)).to.equal(undefined);
      });

      it('one of several starts with the same key is the first', async () => {
        const key = `note:${fresh()}`;
        const racing = ['a', 'b', 'c', 'd'].map((run) => store.starts.putIfAbsent({ key, hash: 'h', session: 's', run, at: at(1) }));
        const results = await Promise.all(racing);
        expect(results.filter(({ isNew }) => isNew)).to.have.length(1);
        expect(new Set(results.map(({ start }) => start.run)).size).to.equal(1);
      });

      it('finds keys by their hash, lists, touches and removes them', async () => {
        const [first, second] = [`k1${fresh()}`, `k2${fresh()}`];
        for (const id of [first, second]) await store.keys.create({ id, name: id, role: 'viewer', hash: `hash-${id}`, createdAt: at(1) });
        expect(await store.keys.findByHash(`hash-${first}`)).to.include({ id: first, role: 'viewer' });
        expect(await store.keys.findByHash('hash')).to.equal(undefined);
        expect(await store.keys.find(first)).to.include({ id: first, role: 'viewer' });
        expect(await store.keys.find(`hash-${first}`)).to.equal(undefined);
        await store.keys.touch(second, at(9));
        const listed = await store.keys.list({ after: first, limit: 1 });
        expect(listed).to.deep.equal([
          { id: second, name: second, role: 'viewer', hash: `hash-${second}`, createdAt: at(1), lastUsedAt: at(9) },
        ]);
        expect([await store.keys.remove(second), await store.keys.remove(second)]).to.deep.equal([true, false]);
      });

      it('removes keys and sign-ins that are used at the same moment', async () => {
        for (let i = 0; i < 20; i += 1) {
          const id = `k${fresh()}`;
          await store.keys.create({ id, name: id, role: 'viewer', hash: `hash-${id}`, createdAt: at(1) });
          await store.signIns.create({ hash: id, key: id, createdAt: at(1), until: at(10) });
          const uses = [store.keys.touch(id, at(2)), store.signIns.extend(id, at(20))];
          const [isRemoved] = await Promise.all([store.keys.remove(id), store.signIns.remove(id), ...uses]);
          expect([isRemoved, await store.keys.find(id), await store.signIns.find(id)]).to.deep.equal([true, undefined, undefined]);
        }
      });

      it('keeps sign-ins by their hash; extends them, and removes one, or all with a key', async () => {
        const [key, other] = [`k${fresh()}`, `k${fresh()}`];
        const signIns = [key, key, other].map((of) => ({ hash: `hash-${fresh()}`, key: of, createdAt: at(1), until: at(10) }));
        for (const signIn of signIns) await store.signIns.create(signIn);
        const [first, second, third] = signIns.map(({ hash }) => hash);
        const left = async () =>
          (await Promise.all([first, second, third].map((hash = '') => store.signIns.find(hash)))).map((one) => one?.until);
        await store.signIns.extend(first ?? '', at(20));
        await store.signIns.extend('unknown', at(20));
        expect(await store.signIns.find(first ?? '')).to.deep.equal({ ...signIns[0], until: at(20) });
        expect(await left()).to.deep.equal([at(20), at(10), at(10)]);
        await store.signIns.remove(second ?? '');
        await store.signIns.remove('unknown');
        expect(await left()).to.deep.equal([at(20), undefined, at(10)]);
        await store.signIns.removeOf(key);
        expect(await left()).to.deep.equal([undefined, undefined, at(10)]);
      });

      it('lists audit entries newest first, of one target or of all, page after page', async () => {
        const target = `flow:${fresh()}`;
        const entries = [1, 2, 3].map(
          (n): AuditEntry => ({
            id: newAuditId(at(n)),
            at: at(n),
            by: { id: 'k1', name: 'Eva', role: 'editor' },
            action: 'flow.publish',
            target: n === 2 ? `${target}:other` : target,
            ...(n > 1 ? { before: { '$a.b': [null, {}, '\u0000'] } } : {}),
            after: { version: n },
          }),
        );
        for (const entry of entries) await store.audit.add(entry);
        const [first] = entries;
        if (first) await store.audit.add({ ...first, action: 'again' });
        expect(await store.audit.list({ limit: 3 })).to.deep.equal([...entries].reverse());
        expect(await store.audit.list({ target, limit: 9 })).to.deep.equal([entries[2], entries[0]]);
        const after = entries[2]?.id ?? '';
        expect(await store.audit.list({ target, after, limit: 1 })).to.deep.equal([entries[0]]);
        expect(await store.audit.list({ after, limit: 1 })).to.deep.equal([entries[1]]);
      });

      it('finds the turn that took an event', async () => {
        const id = fresh();
        await commit(aCommit(id, 0, { event: `start:${id}` }));
        await commit(aCommit(id, 1));
        expect((await store.turns.byEvent(id, `start:${id}`))?.turn).to.equal(1);
        expect(await store.turns.byEvent(id, 'another')).to.equal(undefined);
      });
    });

    describe('the census', () => {
      it('counts sessions, waiting and idle, without forgotten ones', async () => {
        const before = (await store.sessions.census()).sessions;
        for (let i = 0; i < 5; i += 1) {
          const index =
            i < 3 ? ({ status: 'waiting', positions: ['census@1#ask'] } as const) : ({ status: 'idle', positions: [] } as const);
          await commit(aCommit(fresh(), 0, { index }));
        }
        const gone = fresh();
        await commit(aCommit(gone, 0));
        await store.sessions.forget(gone, at(1));
        const after = (await store.sessions.census()).sessions;
        expect([after.waiting - before.waiting, after.idle - before.idle]).to.deep.equal([3, 2]);
      });

      it('counts sessions whose next send is waiting or in flight, by channel and lane, with the time at which the first is due', async () => {
        const channel = `ch-${fresh()}`;
        const outbox = async () => (await store.sessions.census()).outbox.filter((one) => one.channel === channel);
        const sendOn = (id: string, turn: number, lane: 'reply' | 'campaign') => {
          const send = aSend(id, turn, 1);
          return { ...send, body: { ...send.body, channel, lane } } as typeof send;
        };
        const [one, two, three] = [fresh(), fresh(), fresh()];
        const claim = only(await commit(aCommit(one, 0, { effects: [sendOn(one, 1, 'reply')] })));
        const other = only(await commit(aCommit(two, 0, { effects: [sendOn(two, 1, 'campaign'), aSend(two, 1, 2)] })));
        await commit(aCommit(three, 0, { effects: [aCall(three, 1, 1)] }));
        await settle(at(2), claim, [retry(`${one}.1.1`, 60)]);
        expect((await outbox()).sort((a, b) => (a.lane < b.lane ? -1 : 1))).to.deep.equal([
          { channel, lane: 'campaign', depth: 1, dueSince: other.until },
          { channel, lane: 'reply', depth: 1, dueSince: at(60) },
        ]);
        await settle(at(3), other, [done(`${two}.1.1`)]);
        expect((await outbox()).map(({ lane }) => lane)).to.deep.equal(['reply']);
      });
    });

    describe('channels and meta', () => {
      it('stores channels with their settings, and raises the revision with every change', async () => {
        const id = `wa-${fresh()}`;
        const channel = { id, adapter: 'whatsapp', name: 'A', config: { '$a.b': '$c', none: null }, createdAt: at(1), updatedAt: at(1) };
        const before = await store.channels.revision();
        expect(await Promise.all([store.channels.create(channel), store.channels.create(channel)])).to.have.members(['created', 'taken']);
        expect(await store.channels.get(id)).to.deep.equal(channel);
        expect(await store.channels.update({ ...channel, name: 'B' })).to.equal(true);
        expect((await store.channels.list({ limit: 200 })).find((one) => one.id === id)?.name).to.equal('B');
        expect(await store.channels.remove(id)).to.equal(true);
        expect(await store.channels.remove(id)).to.equal(false);
        expect(await store.channels.update(channel)).to.equal(false);
        expect(await store.channels.get(id)).to.equal(undefined);
        expect(await store.channels.revision()).to.be.greaterThan(before);
      });

      it('keeps the first value of a key', async () => {
        const key = fresh();
        const answers = await Promise.all(['a', 'b', 'c'].map((value) => store.meta.putIfAbsent(key, value)));
        expect(new Set(answers).size).to.equal(1);
        expect(await store.meta.get(key)).to.equal(answers[0]);
        expect(await store.meta.get(fresh())).to.equal(undefined);
      });

      it('answers a ping', () => store.ping());
    });
  });
}
