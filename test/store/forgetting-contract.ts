import { expect } from 'chai';
import type { Claim, KnownStart, Store, TurnCommit } from '../../src/contract/store/index.js';
import { aCommit, aSend, aSession, at } from '../support/builders.js';

/** What both stores must do to forget a person. */
export function forgettingContract(name: string, open: () => Promise<Store>, close: (store: Store) => Promise<void>): void {
  describe(`the store forgets: ${name}`, () => {
    let store: Store;
    let serial = 0;
    const fresh = () => `f${name.replace(/\W/g, '').toLowerCase()}${++serial}x`;
    before(async () => {
      store = await open();
    });
    after(() => store && close(store));

    const commit = async (turn: TurnCommit): Promise<readonly Claim[]> => {
      const result = await store.sessions.commit(turn);
      if (typeof result === 'string') throw new Error(`the commit was a ${result}`);
      return result.claims;
    };
    const merged = (id: string, mergedInto: string) =>
      aCommit(id, 0, { state: aSession(id, { turn: 1, mergedInto }), index: { status: 'idle', positions: [], mergedInto } });
    const aStart = (session: string): KnownStart => ({ key: `note:${fresh()}`, hash: 'h', session, run: 'r', at: at(1) });

    it('removes the record at once: it is not loaded, not listed and never due', async () => {
      const id = fresh();
      const code = `flow-${id}`;
      const wakeAt = '2001-01-01T00:00:00.000Z';
      await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1)], index: { status: 'waiting', positions: [`${code}@1#ask`], wakeAt } }));
      await store.sessions.forget(id, at(5));
      await store.sessions.forget(id, at(6));
      expect(await store.sessions.load(id)).to.equal(undefined);
      expect(await store.sessions.list({ contact: id, limit: 5 })).to.deep.equal([]);
      expect(await store.sessions.list({ flow: code, limit: 5 })).to.deep.equal([]);
      expect((await store.sessions.list({ limit: 1_000 })).map(({ state }) => state.id)).not.to.include(id);
      expect(await store.sessions.positions(code)).to.deep.equal([]);
      expect(await store.sessions.dueWakes(wakeAt, 5)).to.deep.equal([]);
      expect(await store.sessions.claim(at(500), { session: id })).to.equal(undefined);
    });

    it('refuses a turn that was decided before, and a first turn with the same id', async () => {
      const id = fresh();
      await commit(aCommit(id, 0));
      await store.sessions.forget(id, at(2));
      expect(await store.sessions.commit(aCommit(id, 1))).to.equal('forgotten');
      expect(await store.sessions.commit(aCommit(id, 0, { event: 'new' }))).to.equal('forgotten');
      expect(await store.sessions.load(id)).to.equal(undefined);
      for (const event of ['e2', 'new']) expect(await store.turns.byEvent(id, event)).to.equal(undefined);
    });

    it('ignores the settlement of a send that was claimed before', async () => {
      const id = fresh();
      const [claim] = await commit(aCommit(id, 0, { effects: [aSend(id, 1, 1), aSend(id, 1, 2)] }));
      await store.sessions.forget(id, at(2));
      await store.deliveries.forget(id);
      const result = { effect: `${id}.1.1`, outcome: 'done', receipt: { ok: true, providerIds: [`p-${id}`] } } as const;
      expect(claim && (await store.sessions.settle(at(3), claim, [result]))).to.equal(undefined);
      expect(await store.deliveries.of([`${id}.1.1`])).to.deep.equal(new Map());
    });

    it('removes turns, deliveries, dead sends, identities and starts, however many, and none of other people', async () => {
      const [id, other] = [fresh(), fresh()];
      const longer = `${id}1`;
      const starts = [id, other].map(aStart);
      for (const one of [id, other, longer]) {
        await store.contacts.resolve([`whatsapp:${one}`, `phone:${one}`], one);
        await commit(aCommit(one, 0));
        const effects = Array.from({ length: 12 }, (_, n) => aSend(one, 2, n + 1));
        let [claim] = await commit(aCommit(one, 1, { effects }));
        for (const [n, { id: effect }] of effects.entries()) {
          if (!claim) throw new Error('nothing is claimed');
          const error = { kind: 'rejected', code: '1', message: 'no' } as const;
          const next = await store.sessions.settle(at(3), claim, [
            n === 0 ? { effect, outcome: 'dead', error } : { effect, outcome: 'done', receipt: { ok: true, providerIds: [effect] } },
          ]);
          claim = next === 'moved' ? undefined : next;
        }
      }
      for (const start of starts) await store.starts.putIfAbsent(start);
      await store.sessions.forget(id, at(5));
      for (let again = 0; again < 2; again += 1) {
        await store.contacts.forget(id);
        await store.turns.forget(id);
        await store.deliveries.forget(id);
        await store.starts.forget(id);
      }
      const seen = async (one: string) => ({
        turns: (await store.turns.list(one, { limit: 50 })).length,
        event: (await store.turns.byEvent(one, 'e1')) !== undefined,
        sent: (await store.deliveries.of([`${one}.2.1`, `${one}.2.12`])).size,
        dead: await store.deliveries.isDead(`${one}.2.1`),
        owners: [await store.contacts.find(`whatsapp:${one}`), await store.contacts.find(`phone:${one}`)],
      });
      expect(await seen(id)).to.deep.equal({ turns: 0, event: false, sent: 0, dead: false, owners: [undefined, undefined] });
      for (const one of [other, longer])
        expect(await seen(one)).to.deep.equal({ turns: 2, event: true, sent: 2, dead: true, owners: [one, one] });
      expect(await Promise.all(starts.map(async ({ key }) => (await store.starts.get(key))?.session))).to.deep.equal([undefined, other]);
    });

    it('removes a start with the session that took it in the end', async () => {
      const [loser, winner] = [fresh(), fresh()];
      const start = aStart(loser);
      await store.starts.putIfAbsent(start);
      await store.starts.answer(start.key, { sessionId: winner }, winner);
      await store.starts.forget(loser);
      expect((await store.starts.get(start.key))?.answer).to.deep.equal({ sessionId: winner });
      await store.starts.forget(winner);
      expect(await store.starts.get(start.key)).to.equal(undefined);
    });

    it('still knows which sessions were merged, also if some of them were forgotten before', async () => {
      const [last, first, second, third] = [fresh(), fresh(), fresh(), fresh()];
      await commit(aCommit(last, 0));
      await commit(merged(first, last));
      await commit(merged(second, first));
      await commit(merged(third, last));
      for (const one of [last, first, second, third]) {
        const everybody = await store.sessions.samePerson(one);
        expect(everybody[0]).to.equal(last);
        expect([...everybody].sort()).to.deep.equal([last, first, second, third].sort());
        await store.sessions.forget(one, at(5));
      }
      expect(await store.sessions.samePerson(second)).to.have.length(4);
      expect(await store.sessions.samePerson(fresh())).to.deep.equal([]);
    });
  });
}
