import { expect } from 'chai';
import whatsapp from '../../adapters/whatsapp/index.js';
import { silentLog } from '../../src/contract/host/index.js';
import type { WaitingEffect } from '../../src/contract/store/index.js';
import { resolveDoubt } from '../../src/outbox/resolve-doubt.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { aCommit, aSend, at } from '../support/builders.js';
import { manualClock } from '../support/manual-clock.js';

describe('a send in doubt', () => {
  const waiting: WaitingEffect = {
    effect: aSend('s1', 1, 1),
    status: 'claimed',
    attempts: 1,
    accepted: 0,
    providerIds: [],
    inDoubt: true,
    doubts: 1,
  };
  const resolve = async (settle: boolean) => {
    const store = await openEmbeddedStore({ file: ':memory:' }, silentLog);
    const committed = await store.sessions.commit(aCommit('s1', 0, { effects: [aSend('s1', 1, 1)] }));
    const [claim] = typeof committed === 'string' ? [] : committed.claims;
    if (settle && claim) await store.sessions.settle(at(2), claim, [{ effect: 's1.1.1', outcome: 'done' }]);
    const parts = { store, clock: manualClock(), startedAt: Number.NEGATIVE_INFINITY };
    const resolved = await resolveDoubt(parts, waiting, { adapter: whatsapp, config: {} });
    await store.close();
    return resolved;
  };

  it('is sent again if nothing is known about it', async () => {
    expect(await resolve(false)).to.equal(waiting);
  });

  it('is done if its host had stored that it was accepted, although the provider gave no id', async () => {
    // On MongoDB this row is written before the record, and a host may be lost in between.
    expect(await resolve(true)).to.deep.equal({ effect: 's1.1.1', outcome: 'done' });
  });
});
