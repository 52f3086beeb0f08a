import { expect } from 'chai';
import { createHolds } from '../../src/outbox/holds.js';
import { manualClock } from '../support/manual-clock.js';

const WA = { id: 'wa', updatedAt: '1' };
const MINUTE = 60_000;

describe('a held channel', () => {
  it('is held for its time, and no other channel with it', () => {
    const clock = manualClock();
    const holds = createHolds(clock);
    expect(holds.left(WA)).to.equal(0);
    expect(holds.refused(WA, { effect: 'a', millis: MINUTE })).to.equal(true);
    clock.advance(MINUTE - 1);
    expect([holds.left(WA), holds.left({ ...WA, id: 'other' })]).to.deep.equal([1, 0]);
  });

  it('is tried by one send when its time is over, and by another one if that has no outcome', () => {
    const clock = manualClock();
    const holds = createHolds(clock);
    holds.refused(WA, { effect: 'a', millis: MINUTE });
    clock.advance(MINUTE);
    expect([holds.left(WA), holds.left(WA)]).to.deep.equal([0, 30_000]);
    clock.advance(30_000);
    expect(holds.left(WA)).to.equal(0);
  });

  it('is free when somebody changes it, or when a send is accepted', () => {
    const holds = createHolds(manualClock());
    holds.refused(WA, { effect: 'a', millis: MINUTE });
    expect(holds.left({ ...WA, updatedAt: '2' })).to.equal(0);
    holds.accepted(WA);
    expect(holds.left(WA)).to.equal(0);
  });

  it('is not held for a message that is refused again although others were accepted since', () => {
    const holds = createHolds(manualClock());
    holds.refused(WA, { effect: 'a', millis: MINUTE });
    holds.accepted(WA);
    expect([holds.refused(WA, { effect: 'a', millis: MINUTE }), holds.left(WA)]).to.deep.equal([false, 0]);
    expect(holds.refused(WA, { effect: 'b', millis: MINUTE })).to.equal(true);
  });

  it('is held for another message that is refused, however often, until others are accepted again', () => {
    const holds = createHolds(manualClock());
    holds.refused(WA, { effect: 'a', millis: MINUTE });
    holds.accepted(WA);
    const refused = () => holds.refused(WA, { effect: 'b', millis: MINUTE });
    expect([refused(), refused(), holds.left(WA)]).to.deep.equal([true, true, MINUTE]);
    holds.accepted(WA);
    expect(refused()).to.equal(false);
  });

  it('does not depend on the wall clock', () => {
    const clock = manualClock();
    const holds = createHolds(clock);
    holds.refused(WA, { effect: 'a', millis: MINUTE });
    clock.step(-MINUTE * 60);
    clock.advance(MINUTE);
    expect(holds.left(WA)).to.equal(0);
  });
});
