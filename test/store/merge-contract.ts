import { expect } from 'chai';
import { SEND_LEASE } from '../../src/contract/host/index.js';
import { BUDGET } from '../../src/contract/index.js';
import type { Claim, Settlement, Store, TurnCommit } from '../../src/contract/store/index.js';
import { aCall, aCommit, aSend, aSession, at } from '../support/builders.js';

/** What both stores must do to merge a session into another one. */
export function mergeContract(name: string, open: () => Promise<Store>, close: (store: Store) => Promise<void>): void {
  describe(`the store merges: ${name}`, () => {
    let store: Store;
    let serial = 0;
    const fresh = () => `m${name.replace(/\W/g, '').toLowerCase()}${++serial}x`;
    before(async () => {
      store = await open();
    });
    after(() => store && close(store));

    const commit = async (turn: TurnCommit): Promise<readonly Claim[]> => {
      const result = await store.sessions.commit(turn);
      if (typeof result === 'string') throw new Error(`the commit was a ${result}`);
      return result.claims;
    };
    const marked = (id: string, base: number, winner: string) =>
      aCommit(id, base, {
        event: `merged:${winner}`,
        state: aSession(id, { turn: base + 1, mergedInto: winner }),
        index: { status: 'waiting', positions: [], mergedInto: winner, wakeAt: at(0) },
      });
    const adopting = (id: string, base: number, loser: string) => aCommit(id, base, { event: `merge:${loser}`, adopts: loser });
    const emptied = (id: string, base: number, winner: string) => ({
      ...marked(id, base, winner),
      event: `merged:${winner}:done`,
      index: { status: 'idle' as const, positions: [], mergedInto: winner },
      empties: true as const,
    });
    const done = (effect: string): Settlement => ({ effect, outcome: 'done', receipt: { ok: true, providerIds: [`w-${effect}`] } });
    const waiting = async (id: string) => (await store.sessions.load(id))?.effects.map(({ effect }) => effect.id);

    it('a marked record takes no turn, nothing of it can be claimed, and its merge is due to be finished', async () => {
      const [winner, loser] = [fresh(), fresh()];
      await commit(aCommit(loser, 0));
      await commit({ ...marked(loser, 1, winner), effects: [] });
      expect(await store.sessions.commit(aCommit(loser, 2, { effects: [aSend(loser, 3, 1)] }))).to.equal('conflict');
      expect(await store.sessions.commit(marked(loser, 2, winner))).to.equal('duplicate');
      expect(await store.sessions.dueWakes(at(0), 1_000)).to.include(loser);
      const other = fresh();
      await commit(
        aCommit(other, 0, {
          effects: [aSend(other, 1, 1), aCall(other, 1, 2)],
          index: { status: 'idle', positions: [], mergedInto: winner },
        }),
      );
      expect(await store.sessions.claim(at(500), { session: other })).to.equal(undefined);
      expect(await store.sessions.claim(at(500), { session: other, proven: `${other}.1.1` })).to.equal(undefined);
    });

    it('effects move with their ids, attempts and doubts, behind those of the winner', async () => {
      const [winner, loser] = [fresh(), fresh()];
      const [claim] = await commit(aCommit(loser, 0, { effects: [aSend(loser, 1, 1), aSend(loser, 1, 2)] }));
      if (!claim) throw new Error('nothing was claimed');
      const retry = { outcome: 'retry', notBefore: at(20), reason: 'lost', accepted: 1, providerIds: ['p1'], inDoubt: true } as const;
      await store.sessions.settle(at(2), claim, [{ effect: `${loser}.1.1`, ...retry }]);
      const [held] = await commit(aCommit(winner, 0, { effects: [aSend(winner, 1, 1)] }));
      await commit(marked(loser, 1, winner));
      await commit(adopting(winner, 1, loser));
      expect(await waiting(winner)).to.deep.equal([`${winner}.1.1`, `${loser}.1.1`, `${loser}.1.2`]);
      const one = (await store.sessions.load(winner))?.effects[1];
      expect([one?.attempts, one?.inDoubt, one?.accepted, one?.providerIds]).to.deep.equal([1, true, 1, ['p1']]);
      if (!held) throw new Error('nothing was claimed');
      expect(await store.sessions.settle(at(3), held, [done(`${winner}.1.1`)])).to.equal(undefined);
      const next = await store.sessions.claim(at(21), { session: winner });
      expect([next?.effect.effect.id, next?.session]).to.deep.equal([`${loser}.1.1`, winner]);
    });

    it('keeps two sends with the same number apart', async () => {
      const [winner, loser] = [fresh(), fresh()];
      await commit(aCommit(loser, 0, { effects: [aSend(loser, 1, 1)], index: { status: 'idle', positions: [] } }));
      await commit(marked(loser, 1, winner));
      const [held] = await commit(aCommit(winner, 0, { effects: [aSend(winner, 1, 1)] }));
      await commit(adopting(winner, 1, loser));
      if (!held) throw new Error('nothing was claimed');
      await store.sessions.settle(at(2), held, [done(`${winner}.1.1`)]);
      expect((await store.sessions.load(winner))?.effects.map(({ status, effect }) => [status, effect.id])).to.deep.equal([
        ['claimed', `${loser}.1.1`],
      ]);
    });

    it('a send in flight keeps its lease: it is settled at the winner, and nothing else is sent meanwhile', async () => {
      const [winner, loser] = [fresh(), fresh()];
      const [claim] = await commit(aCommit(loser, 0, { effects: [aSend(loser, 1, 1)] }));
      if (!claim) throw new Error('nothing was claimed');
      await commit(marked(loser, 1, winner));
      expect(await store.sessions.settle(at(2), claim, [done(`${loser}.1.1`)])).to.equal('moved');
      await commit(aCommit(winner, 0));
      await commit(adopting(winner, 1, loser));
      expect(await commit(aCommit(winner, 2, { effects: [aSend(winner, 3, 1)] }))).to.deep.equal([]);
      const next = await store.sessions.settle(at(4), { ...claim, session: winner }, [done(`${loser}.1.1`)]);
      expect(typeof next === 'object' && next.effect.effect.id).to.equal(`${winner}.3.1`);
      expect((await store.deliveries.of([`${loser}.1.1`])).get(`${loser}.1.1`)?.providerIds).to.deep.equal([`w-${loser}.1.1`]);
    });

    it('a send in flight that is lost after the merge is in doubt, like any other', async () => {
      const [winner, loser] = [fresh(), fresh()];
      await commit(aCommit(loser, 0, { effects: [aSend(loser, 1, 1)] }));
      await commit(marked(loser, 1, winner));
      await commit(adopting(winner, 0, loser));
      const lost = 1 + SEND_LEASE / 1_000;
      expect(await store.sessions.claim(at(lost - 1), { session: winner })).to.equal(undefined);
      expect(await store.sessions.claim(at(lost), { session: winner })).to.equal(undefined);
      const again = await store.sessions.claim(at(lost + 600), { session: winner });
      expect([again?.effect.effect.id, again?.effect.inDoubt]).to.deep.equal([`${loser}.1.1`, true]);
    });

    it('a call in flight keeps its lease', async () => {
      const [winner, loser] = [fresh(), fresh()];
      const [claim] = await commit(aCommit(loser, 0, { effects: [aCall(loser, 1, 1)] }));
      await commit(marked(loser, 1, winner));
      await commit(adopting(winner, 0, loser));
      expect(await store.sessions.claim(at(2), { session: winner })).to.equal(undefined);
      const result = { effect: `${loser}.1.1`, outcome: 'done' } as const;
      await commit(aCommit(winner, 1, { settles: { result, ...(claim ? { claim } : {}) } }));
      expect(await waiting(winner)).to.deep.equal([]);
    });

    it('events that either session has taken are known, however old they are', async () => {
      const [winner, loser] = [fresh(), fresh()];
      for (let base = 0; base < BUDGET.seen + 3; base += 1) await commit(aCommit(loser, base, { event: `of the loser ${base}` }));
      await commit(aCommit(winner, 0, { event: 'of the winner' }));
      await commit(marked(loser, BUDGET.seen + 3, winner));
      await commit(adopting(winner, 1, loser));
      for (const [event, seconds] of [
        ['of the loser 0', 1],
        [`of the loser ${BUDGET.seen + 2}`, BUDGET.seen + 3],
        ['of the winner', 1],
      ] as const)
        expect(await store.sessions.commit(aCommit(winner, 2, { event, eventTime: at(seconds) })), event).to.equal('duplicate');
      await commit(emptied(loser, BUDGET.seen + 4, winner));
      expect(await store.sessions.commit(aCommit(winner, 2, { event: 'of the loser 0', eventTime: at(1) }))).to.equal('duplicate');
      await commit(aCommit(winner, 2, { event: 'new', eventTime: at(1) }));
    });

    it('an emptied record has no effect and no wake-up, takes no turn, and is known as merged', async () => {
      const [winner, loser] = [fresh(), fresh()];
      const [claim] = await commit(aCommit(loser, 0, { effects: [aSend(loser, 1, 1), aCall(loser, 1, 2)] }));
      await commit(marked(loser, 1, winner));
      await commit(adopting(winner, 0, loser));
      await commit(emptied(loser, 2, winner));
      expect(await waiting(loser)).to.deep.equal([]);
      expect(await store.sessions.dueWakes(at(9_999), 1_000)).not.to.include(loser);
      expect(await store.sessions.commit(aCommit(loser, 3))).to.equal('conflict');
      expect(claim && (await store.sessions.settle(at(2), claim, [done(`${loser}.1.1`)]))).to.equal('moved');
      expect(await store.sessions.samePerson(loser)).to.deep.equal([winner, loser]);
    });
  });
}
