import { expect } from 'chai';
import type { Lane } from '../../src/contract/index.js';
import { createPacing, type Pacing } from '../../src/outbox/pacing.js';

const PACE = { perSecond: 10 };
const PAIRED = { perSecond: 1_000, pair: { burst: 3, everyMillis: 6_000 } };

describe('pacing', () => {
  let now: number;
  let pacing: Pacing;
  beforeEach(() => {
    now = 1_000_000;
    pacing = createPacing(() => now);
  });
  const take = (n: number, { lane = 'reply' as Lane, address = '', pace = PACE as typeof PACE | typeof PAIRED } = {}) =>
    Array.from({ length: n }, (_, i) => pacing.take({ channel: 'wa', address: address || `person ${i}`, lane }, pace));

  it('delays nothing without a pace', () => {
    expect(pacing.take({ channel: 'wa', address: '1', lane: 'reply' }, undefined)).to.deep.equal({ goIn: 0 });
  });

  it('allows the sends of one second at once, then one after another', () => {
    expect(take(13).map((one) => ('goIn' in one ? one.goIn : 'later'))).to.deep.equal([...Array(10).fill(0), 100, 200, 300]);
  });

  it('allows them again after a while, and never more', () => {
    take(10);
    now += 1_000;
    expect(take(10)).to.deep.equal(Array(10).fill({ goIn: 0 }));
    now += 3_600_000;
    expect(take(11)).to.deep.equal([...Array(10).fill({ goIn: 0 }), { goIn: 100 }]);
  });

  it('puts off sends that would wait long, each to a time of its own', () => {
    const all = take(200);
    const later = all.flatMap((one) => ('askIn' in one ? [one.askIn] : []));
    expect(later).to.have.length(170);
    expect(new Set(later).size).to.equal(later.length);
    expect(Math.max(...later)).to.be.at.most(60_000);
  });

  it('never puts off a send for more than a minute because of the account', () => {
    const later = take(2_000).flatMap((one) => ('askIn' in one ? [one.askIn] : []));
    expect(Math.max(...later)).to.equal(60_000);
  });

  it('keeps places for replies while a campaign has used up its own', () => {
    take(200, { lane: 'campaign' });
    expect(take(1)[0]).to.have.property('goIn');
  });

  it('does not put off replies behind a campaign', () => {
    take(500, { lane: 'campaign' });
    const [first] = take(50).flatMap((one) => ('askIn' in one ? [one.askIn] : []));
    expect(first).to.equal(2_100);
  });

  it('allows a burst to one person, then one message every six seconds', () => {
    const [one, two, three, four] = take(4, { address: 'ada', pace: PAIRED });
    expect([one, two, three]).to.deep.equal([{ goIn: 0 }, { goIn: 0 }, { goIn: 0 }]);
    expect(four).to.deep.equal({ askIn: 6_000 });
    expect(take(1, { address: 'bob', pace: PAIRED })).to.deep.equal([{ goIn: 0 }]);
    now += 6_000;
    expect(take(1, { address: 'ada', pace: PAIRED })).to.deep.equal([{ goIn: 0 }]);
  });

  it('recovers in time whatever the clock has done', () => {
    now += 3_600_000;
    take(13);
    now -= 3_600_000;
    expect(take(1)[0]).to.have.property('askIn');
    now += 3_000;
    expect(take(10)).to.deep.equal(Array(10).fill({ goIn: 0 }));
  });

  it('never puts off a send for more than a minute because of one person', () => {
    const slow = { perSecond: 1_000, pair: { burst: 1, everyMillis: 300_000 } };
    expect(take(2, { address: 'ada', pace: slow })).to.deep.equal([{ goIn: 0 }, { askIn: 60_000 }]);
  });

  it('allows paces of less than one send a second', () => {
    const slow = { perSecond: 0.5 };
    const ask = () => pacing.take({ channel: 'slow', address: '1', lane: 'reply' }, slow);
    expect([ask(), ask(), ask()]).to.deep.equal([{ goIn: 0 }, { goIn: 2_000 }, { askIn: 4_000 }]);
  });
});
