import { expect } from 'chai';
import type { RunResult } from '../../src/contract/host/index.js';
import type { Run, SessionState } from '../../src/contract/index.js';
import type { Prunable, ResultQuery, Store, TurnCommit } from '../../src/contract/store/index.js';
import { aCommit, aSend, aSession } from '../support/builders.js';
import { until } from '../support/small-world.js';

/** What both stores must remove when it is too old. The times are long before those of other tests in the same store. */
export function retentionContract(name: string, open: () => Promise<Store>, close: (store: Store) => Promise<void>): void {
  describe(`the store keeps for some time: ${name}`, () => {
    let store: Store;
    let serial = 0;
    const fresh = () => `r${name.replace(/\W/g, '').toLowerCase()}${++serial}x`;
    before(async () => {
      store = await open();
    });
    after(() => store && close(store));

    const on = (day: number) => new Date(Date.UTC(2001, 0, day)).toISOString();
    const aRun = (id: string): Run => ({
      id,
      startedBy: 'api',
      place: 'foreground',
      startedAt: on(1),
      channel: 'wa',
      lane: 'reply',
      stack: [],
    });
    /** Commits a turn of a day that starts a run, goes on with one, or ends the last one. */
    const turn = async (id: string, no: number, what: 'starts' | 'goes on' | 'ends' | 'starts and ends', day: number) => {
      const usual = aCommit(id, no - 1);
      const state: SessionState = aSession(id, { turn: no, runs: what.endsWith('ends') ? [] : [aRun(`run${no}`)] });
      const before = what.startsWith('starts') ? { before: aSession(id, { turn: no - 1 }) } : {};
      const commit: TurnCommit = { ...usual, now: on(day), state, journal: { ...usual.journal, at: on(day), ...before } };
      expect(await store.sessions.commit(commit)).to.be.an('object');
    };
    const prune = async (what: Prunable, day: number) => {
      let rounds = 0;
      while (await store.retention.prune(what, on(day))) rounds += 1;
      return rounds;
    };
    const left = async (id: string) => (await store.turns.list(id, { limit: 1_000 })).map((one) => one.turn);
    /** Waits until pruning leaves these turns: on MongoDB a turn is in the log only soon after its session is at rest. */
    const logged = async (id: string, pruned: () => Promise<unknown>, turns: readonly number[]) => {
      await until(async () => {
        await pruned();
        return JSON.stringify(await left(id)) === JSON.stringify(turns);
      });
    };

    it('removes turns before the newest run that began before the limit; a run that has not ended keeps its turns', async () => {
      const id = fresh();
      await turn(id, 1, 'starts', 1);
      await turn(id, 2, 'goes on', 2);
      await turn(id, 3, 'starts', 3);
      await turn(id, 4, 'goes on', 4);
      await turn(id, 5, 'starts', 20);
      await turn(id, 6, 'goes on', 21);
      await logged(id, () => prune('turns', 10), [3, 4, 5, 6]);
      await prune('turns', 20);
      expect(await left(id)).to.deep.equal([3, 4, 5, 6]);
      await logged(id, () => prune('turns', 30), [5, 6]);
      await prune('turns', 300);
      expect(await left(id)).to.deep.equal([5, 6]);
      // The mark of the cut is removed, so that a later one is found.
      await turn(id, 7, 'ends', 301);
      await logged(id, () => prune('turns', 302), []);
    });

    it('removes all old turns of a person without a run', async () => {
      const id = fresh();
      await turn(id, 1, 'starts and ends', 1);
      await turn(id, 2, 'starts', 2);
      await turn(id, 3, 'ends', 3);
      await turn(id, 4, 'starts and ends', 20);
      await logged(id, () => prune('turns', 10), [4]);
      expect((await store.sessions.load(id))?.revision).to.equal(4);
      await logged(id, () => prune('turns', 30), []);
      await turn(id, 5, 'starts and ends', 31);
      expect(await left(id)).to.deep.equal([5]);
    });

    it('removes deliveries and starts by their time, in batches', async () => {
      const id = fresh();
      const count = 600;
      for (let i = 0; i < count; i += 50)
        await Promise.all(
          Array.from({ length: 50 }, (_, n) =>
            store.deliveries.record({ channel: id, providerId: `p${i + n}`, status: 'sent', at: on(1), effectId: `${id}.1.1` }),
          ),
        );
      // A later receipt of a message does not keep its row for longer.
      await store.deliveries.record({ channel: id, providerId: 'p0', status: 'read', at: on(20) });
      await store.deliveries.record({ channel: id, providerId: 'new', status: 'sent', at: on(20), effectId: `${id}.1.2` });
      const starts = [on(1), on(20)].map((at) => ({ key: `note:${fresh()}`, hash: 'h', session: id, run: 'r', at }));
      for (const start of starts) await store.starts.putIfAbsent(start);
      expect(await prune('deliveries', 10)).to.be.greaterThan(0);
      await prune('starts', 10);
      expect([...(await store.deliveries.of([`${id}.1.1`, `${id}.1.2`])).keys()]).to.deep.equal([`${id}.1.2`]);
      expect(await Promise.all(starts.map(async ({ key }) => (await store.starts.get(key)) !== undefined))).to.deep.equal([false, true]);
    });

    it('removes sign-ins that have expired', async () => {
      const signIns = [1, 20].map((day) => ({ hash: `hash-${fresh()}`, key: 'k1', createdAt: on(1), until: on(day) }));
      for (const signIn of signIns) await store.signIns.create(signIn);
      await prune('signIns', 10);
      expect(await Promise.all(signIns.map(({ hash }) => store.signIns.find(hash)))).to.deep.equal([undefined, signIns[1]]);
    });

    it('removes what a crash has left of a forgotten person, and then the id', async () => {
      const id = fresh();
      await store.contacts.resolve([`whatsapp:${id}`], id);
      await turn(id, 1, 'starts', 1);
      await store.sessions.commit(aCommit(id, 1, { effects: [aSend(id, 2, 1)] }));
      await store.sessions.forget(id, on(5));
      await prune('forgotten', 5);
      expect(await store.contacts.find(`whatsapp:${id}`)).to.equal(id);
      expect(await store.sessions.samePerson(id)).to.deep.equal([id]);
      await prune('forgotten', 6);
      expect(await store.contacts.find(`whatsapp:${id}`)).to.equal(undefined);
      expect(await left(id)).to.deep.equal([]);
      expect(await store.sessions.samePerson(id)).to.deep.equal([]);
    });

    it('never removes audit entries', async () => {
      const by = { id: 'k1', name: 'Eva', role: 'editor' } as const;
      const target = `flow:${fresh()}`;
      await store.audit.add({ id: `a${target}`, at: on(1), by, action: 'flow.publish', target });
      for (const what of ['turns', 'deliveries', 'starts', 'forgotten'] as const) await prune(what, 300);
      expect(await store.audit.list({ target, limit: 5 })).to.have.length(1);
    });

    describe('results of runs', () => {
      const ended = (flow: string, run: string, day: number): RunResult => ({
        run,
        flow,
        version: 2,
        startedBy: 'api',
        startedAt: on(1),
        endedAt: on(day),
        outcome: 'completed',
        variables: { answer: run },
      });
      const end = async (id: string, no: number, ...results: readonly RunResult[]) => {
        const usual = aCommit(id, no - 1);
        await store.sessions.commit({ ...usual, journal: { ...usual.journal, results } });
      };
      const of = async (flow: string, more: Partial<ResultQuery> = {}) => {
        // On MongoDB a turn is copied to the log soon, and `forget` waits for that.
        await store.turns.forget('nobody');
        return store.turns.results({ flow, limit: 100, ...more });
      };

      it('are found by flow, oldest first, page after page, also if one turn ended several runs', async () => {
        const [one, two] = [fresh(), fresh()];
        const flow = `res-${one}`;
        await end(two, 1, ended(flow, 'c', 5));
        await end(one, 1, ended(flow, 'a', 3), ended(`${flow}-b`, 'x', 3), ended(flow, 'b', 3));
        expect((await of(flow)).map(({ run, session, variables }) => [run, session, variables])).to.deep.equal([
          ['a', one, { answer: 'a' }],
          ['b', one, { answer: 'b' }],
          ['c', two, { answer: 'c' }],
        ]);
        const [first] = await of(flow);
        expect((await of(flow, { after: first?.key ?? '' })).map(({ run }) => run)).to.deep.equal(['b', 'c']);
        expect((await of(flow, { since: on(4) })).map(({ run }) => run)).to.deep.equal(['c']);
        expect((await of(`${flow}-b`)).map(({ run }) => run)).to.deep.equal(['x']);
        expect(await of('res')).to.deep.equal([]);
      });

      it('are removed with a person who is forgotten', async () => {
        const [gone, stays] = [fresh(), fresh()];
        const flow = `gone-${gone}`;
        await end(gone, 1, ended(flow, 'a', 3));
        await end(stays, 1, ended(flow, 'b', 3));
        await of(flow);
        await store.turns.forget(gone);
        expect((await of(flow)).map(({ run }) => run)).to.deep.equal(['b']);
      });

      it('are removed when they are too old, whatever the flow', async () => {
        const id = fresh();
        const flows = [`old-${id}`, `old-${id}-2`];
        for (const [i, flow] of flows.entries()) {
          await end(id, 2 * i + 1, ended(flow, 'old', 2));
          await end(id, 2 * i + 2, ended(flow, 'new', 20));
        }
        for (const flow of flows) await of(flow);
        expect(await prune('results', 10)).to.equal(0);
        for (const flow of flows) expect((await of(flow)).map(({ run }) => run)).to.deep.equal(['new']);
      });
    });
  });
}
