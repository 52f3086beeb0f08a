import { expect } from 'chai';
import { SEND_LEASE } from '../../src/contract/host/index.js';
import { dueOf } from '../../src/store/due-of.js';
import { planClaim } from '../../src/store/plan-claim.js';
import { planCommit } from '../../src/store/plan-commit.js';
import { planSettle } from '../../src/store/plan-settle.js';
import type { Planned } from '../../src/store/session-record.js';
import { aCommit, aSend, at } from '../support/builders.js';

describe('when the outbox should look at a session', () => {
  let made = 0;
  const newToken = () => `token ${++made}`;
  const first = (effects: number): Planned => {
    const sends = Array.from({ length: effects }, (_, i) => aSend('s1', 1, i + 1));
    const planned = planCommit(undefined, aCommit('s1', 0, { effects: sends }), { newToken });
    if (typeof planned === 'string') throw new Error(planned);
    return planned;
  };
  const settle = ({ record, claims: [claim] }: Planned, seconds: number, more: object): Planned => {
    if (!claim) throw new Error('nothing was claimed');
    const retry = { outcome: 'retry', notBefore: at(20), reason: 'not yet', accepted: 0, providerIds: [] } as const;
    const planned = planSettle(record, claim, {
      now: at(seconds),
      results: [{ effect: claim.effect.effect.id, ...retry, ...more }],
      newToken,
    });
    if (typeof planned !== 'object') throw new Error('the token does not hold');
    return planned;
  };

  it('is when the lease on its head send ends', () => {
    expect(dueOf(first(2).record)).to.deep.equal({ send: { queue: 'reply|wa', dueAt: at(1 + SEND_LEASE / 1000) } });
  });

  it('is when its head send may be retried', () => {
    expect(dueOf(settle(first(2), 2, {}).record).send?.dueAt).to.equal(at(20));
  });

  it('is not when a parked send is due while another send is held', () => {
    const { record } = settle(first(2), 19, { parked: true });
    expect(dueOf(record).send?.dueAt).to.equal(at(19 + SEND_LEASE / 1000));
  });

  it('is not when a parked send is due that is held itself', () => {
    const parked = settle(first(1), 2, { parked: true });
    expect(dueOf(parked.record).send?.dueAt).to.equal(at(20));
    const claimed = planClaim(parked.record, {}, { now: at(21), newToken });
    expect(claimed?.claims).to.have.length(1);
    expect(claimed && dueOf(claimed.record).send?.dueAt).to.equal(at(21 + SEND_LEASE / 1000));
  });

  it('is never if nothing waits', () => {
    expect(dueOf(settle(first(1), 2, { outcome: 'done' }).record)).to.deep.equal({});
  });
});
