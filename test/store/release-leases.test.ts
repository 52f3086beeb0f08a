import { expect } from 'chai';
import { SEND_LEASE } from '../../src/contract/host/index.js';
import { plusMillis } from '../../src/contract/index.js';
import type { ClaimFrom } from '../../src/contract/store/index.js';
import { planClaim } from '../../src/store/plan-claim.js';
import { planCommit } from '../../src/store/plan-commit.js';
import { planSettle } from '../../src/store/plan-settle.js';
import { releaseLeases } from '../../src/store/release-leases.js';
import { aCall, aCommit, aSend, at } from '../support/builders.js';

const LEASE = SEND_LEASE / 1_000;

describe('a lease whose holder was lost', () => {
  let made = 0;
  const newToken = () => `token ${++made}`;
  /** Held since second 1. */
  const held = () => {
    const planned = planCommit(undefined, aCommit('s1', 0, { effects: [aSend('s1', 1, 1)] }), { newToken });
    if (typeof planned === 'string') throw new Error(planned);
    return planned;
  };
  const claim = (seconds: number, from: Pick<ClaimFrom, 'held' | 'proven'> = {}, record = held().record) =>
    planClaim(record, from, { now: at(seconds), newToken });

  it('leaves its send in doubt, which waits for a proof from the end of the lease on', () => {
    expect(claim(1 + LEASE - 0.001)).to.equal(undefined);
    const [send] = claim(1 + LEASE)?.record.effects ?? [];
    expect(send).to.include({ status: 'queued', inDoubt: true, doubts: 1, attempts: 1, notBefore: at(1 + LEASE + 20) });
  });

  it('adds a doubt each time, and the send waits twice as long', () => {
    const again = claim(1 + LEASE + 20);
    const [send] = claim(1 + LEASE + 20 + LEASE, {}, again?.record)?.record.effects ?? [];
    expect(send).to.include({ doubts: 2, notBefore: at(1 + LEASE + 20 + LEASE + 40) });
  });

  it('written by an older version counts as one doubt', () => {
    const { record } = held();
    const [send] = record.effects;
    if (!send) throw new Error('nothing is queued');
    const old = { ...record, effects: [{ ...send, inDoubt: true as const }] };
    expect(claim(1 + LEASE, {}, old)?.record.effects[0]?.doubts).to.equal(2);
  });

  it('does not end for its own holder, whatever the time', () => {
    const planned = held();
    const own = new Set(planned.claims.map(({ token }) => token));
    expect(claim(100_000, { held: own }, planned.record)).to.equal(undefined);
    expect(claim(100_000, { proven: 's1.1.1', held: own }, planned.record)).to.equal(undefined);
    expect(claim(100_000, { held: new Set(['another']) }, planned.record)?.claims).to.have.length(1);
  });

  describe('at the start of a host that alone owns the store', () => {
    it('ends at once: its send is in doubt from now on, its call is due', () => {
      const planned = planCommit(undefined, aCommit('s1', 0, { effects: [aSend('s1', 1, 1), aCall('s1', 1, 2)] }), { newToken });
      if (typeof planned === 'string') throw new Error(planned);
      const freed = releaseLeases(planned.record, at(5));
      expect(freed.lease).to.equal(undefined);
      expect(freed.effects.map(({ status, lease, notBefore, doubts }) => [status, lease, notBefore, doubts])).to.deep.equal([
        ['queued', undefined, at(25), 1],
        ['queued', undefined, at(5), undefined],
      ]);
    });

    it('a send that waits longer than the longest pause is due, because the clock was set back; a shorter pause is kept', () => {
      const planned = held();
      const [claimed] = planned.claims;
      const retry = { outcome: 'retry', reason: 'no', accepted: 0, providerIds: [], effect: 's1.1.1' } as const;
      const paused = claimed && planSettle(planned.record, claimed, { now: at(2), results: [{ ...retry, notBefore: at(400) }], newToken });
      if (typeof paused !== 'object') throw new Error('the token does not hold');
      expect(releaseLeases(paused.record, at(100))).to.equal(paused.record);
      expect(releaseLeases(paused.record, at(99)).effects[0]?.notBefore).to.equal(at(99));
      const parked = { ...paused.record, effects: paused.record.effects.map((one) => ({ ...one, parked: true as const })) };
      expect(releaseLeases(parked, plusMillis(at(99), -3_600_000))).to.equal(parked);
    });
  });
});
