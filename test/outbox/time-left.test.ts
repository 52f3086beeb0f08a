import { expect } from 'chai';
import { CALL_GRACE, SEND_LEASE } from '../../src/contract/host/index.js';
import { type Effect, plusMillis } from '../../src/contract/index.js';
import type { Claim } from '../../src/contract/store/index.js';
import { timeLeftOf } from '../../src/outbox/time-left.js';
import { aCall, aSend } from '../support/builders.js';
import { manualClock } from '../support/manual-clock.js';

describe('the time left of a lease', () => {
  const clock = manualClock();
  const claim = (millis: number, effect: Effect = aSend('s1', 1, 1)): Claim => ({
    session: 's1',
    token: 't',
    until: plusMillis(clock.now(), millis),
    effect: { effect, status: 'claimed', attempts: 0, accepted: 0, providerIds: [] },
  });

  it('is what both clocks leave', () => {
    const left = timeLeftOf(claim(SEND_LEASE), clock);
    clock.advance(10_000);
    expect(left()).to.equal(SEND_LEASE - 10_000);
  });

  it('does not grow when the wall clock is set back, before or after', () => {
    const before = claim(SEND_LEASE);
    clock.step(-3_600_000);
    expect(timeLeftOf(before, clock)()).to.equal(SEND_LEASE);
    const left = timeLeftOf(claim(SEND_LEASE), clock);
    clock.step(-3_600_000);
    clock.advance(SEND_LEASE);
    expect(left()).to.equal(0);
  });

  it('of a call is its deadline and the time for settling it, whatever the wall clock says', () => {
    const longest = 10_000 + CALL_GRACE;
    expect(timeLeftOf(claim(longest, aCall('s1', 1, 1)), clock)()).to.equal(longest);
    const before = claim(longest, aCall('s1', 1, 1));
    clock.step(-3_600_000);
    expect(timeLeftOf(before, clock)()).to.equal(longest);
  });

  it('is over if only the wall clock has gone on, as while a machine sleeps', () => {
    const left = timeLeftOf(claim(SEND_LEASE), clock);
    clock.step(3_600_000);
    expect(left()).to.be.lessThan(0);
  });
});
