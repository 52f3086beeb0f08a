import { expect } from 'chai';
import type { Lane, Pace } from '../../src/contract/index.js';
import { createPacing, type Pacing } from '../../src/outbox/pacing.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';
import { type Outcome, simulate } from './pacing-simulation.js';

/** A place every 10 ms, and 8 at once. */
const PACE: Pace = { perSecond: 100 / 0.95 };
const AT_ONCE: readonly number[] = Array(8).fill(0);
const PAIRED: Pace = { perSecond: 1_000, pair: { burst: 3, everyMillis: 6_000 } };

describe('pacing', () => {
  let clock: ManualClock;
  let pacing: Pacing;
  beforeEach(() => {
    clock = manualClock();
    pacing = createPacing(clock);
  });
  const place = async (lane: Lane, pace: Pace | undefined = PACE, address = 'ada') => pacing.place({ channel: 'wa', address, lane }, pace);

  /** Asks for places at once, and returns when each send leaves, in milliseconds from now; the sends that have to ask again are in `askIn`. */
  async function ask(n: number, lane: Lane = 'reply', pace = PACE) {
    const from = clock.monotonic();
    const [leftAt, askIn]: [number[], number[]] = [[], []];
    for (let i = 0; i < n; i += 1)
      void place(lane, pace).then((later) => (later > 0 ? askIn.push(later) : leftAt.push(clock.monotonic() - from)));
    return { leftAt, askIn };
  }
  async function pass(millis: number) {
    for (let i = 0; i < millis; i += 1) {
      await settled();
      clock.advance(1);
    }
    await settled();
  }

  it('delays nothing without a pace', async () => {
    expect(await pacing.place({ channel: 'wa', address: '1', lane: 'reply' }, undefined)).to.equal(0);
  });

  it('lets 80 milliseconds of places leave at once, then one after another at 95 % of what is allowed', async () => {
    const { leftAt } = await ask(11);
    await pass(100);
    expect(leftAt).to.deep.equal([...AT_ONCE, 10, 20, 30]);
  });

  it('allows them again after a while, and never more', async () => {
    await ask(8);
    await pass(3_600);
    const { leftAt } = await ask(9);
    await pass(20);
    expect(leftAt).to.deep.equal([...AT_ONCE, 10]);
  });

  it('puts off replies that would wait for more than five seconds, each to a time of its own', async () => {
    const { leftAt, askIn } = await ask(2_000);
    await pass(5_100);
    expect(leftAt).to.have.length(508);
    expect(new Set(askIn.filter((one) => one < 60_000)).size).to.equal(askIn.length);
    expect(askIn[0]).to.equal(5_010);
  });

  it('never puts off a send for more than a minute because of the account', async () => {
    const { askIn } = await ask(10_000);
    await settled();
    expect(Math.max(...askIn)).to.equal(60_000);
  });

  describe('of a campaign', () => {
    it('leaves a quarter of the burst to replies', async () => {
      const { leftAt } = await ask(100, 'campaign');
      await pass(40);
      expect(leftAt).to.deep.equal([...AT_ONCE.slice(2), 10, 20, 30, 40]);
      const replies = await ask(2);
      await settled();
      expect(replies.leftAt).to.deep.equal([0, 0]);
    });

    it('waits while replies are sent, and keeps its order', async () => {
      const left: number[] = [];
      await ask(6);
      for (let i = 0; i < 2; i += 1) void place('campaign').then(() => left.push(i));
      const replies = await ask(10);
      await pass(90);
      expect(replies.leftAt).to.have.length(10);
      expect(left).to.deep.equal([]);
      await pass(60);
      expect(left).to.deep.equal([0, 1]);
    });

    it('is put off if the line is longer than five seconds, and takes no place of a reply', async () => {
      const { askIn } = await ask(2_000, 'campaign');
      await settled();
      expect(askIn[0]).to.be.within(5_000, 5_050);
      expect(await place('reply')).to.equal(0);
    });
  });

  describe('with messages from people', () => {
    it('counts each as one message of the account', async () => {
      for (let i = 0; i < 6; i += 1) pacing.heard('wa', PACE);
      const { leftAt } = await ask(3);
      await pass(20);
      expect(leftAt).to.deep.equal([0, 0, 10]);
    });

    it('lets replies leave within a second however many people write', async () => {
      for (let i = 0; i < 10_000; i += 1) pacing.heard('wa', PACE);
      const { leftAt } = await ask(1);
      await pass(1_000);
      expect(leftAt[0]).to.be.within(900, 1_000);
    });

    it('ignores those on a channel without a pace', () => {
      expect(() => pacing.heard('wa', undefined)).to.not.throw();
    });
  });

  describe('after the provider has refused a send as one too many', () => {
    it('sends nothing for a second, also what had a place already', async () => {
      const { leftAt } = await ask(11);
      await pass(5);
      pacing.refused('wa', PACE);
      await pass(1_030);
      expect(leftAt).to.deep.equal([...AT_ONCE, 1_005, 1_016, 1_026]);
    });

    it('takes two percent off the rate, or thirty if more are refused within the second', async () => {
      const rate = async (refusals: number) => {
        pacing = createPacing(clock);
        for (let i = 0; i < refusals; i += 1) pacing.refused('wa', PACE);
        await pass(1_000);
        const { leftAt } = await ask(200);
        await pass(1_000);
        return leftAt.filter((at) => at > 0 && at <= 1_000).length;
      };
      expect(await rate(1)).to.be.within(97, 99);
      expect(await rate(2)).to.be.within(69, 71);
      expect(await rate(20)).to.be.within(69, 71);
    });
  });

  describe('of one person', () => {
    it('allows a burst, then one message every six seconds', async () => {
      for (let i = 0; i < 3; i += 1) expect(await place('reply', PAIRED)).to.equal(0);
      expect(await place('reply', PAIRED)).to.equal(6_000);
      expect(await place('reply', PAIRED, 'bob')).to.equal(0);
      clock.advance(6_000);
      expect(await place('reply', PAIRED)).to.equal(0);
    });

    it('waits if there is a place within two seconds', async () => {
      for (let i = 0; i < 3; i += 1) await place('reply', PAIRED);
      clock.advance(4_000);
      let left = false;
      void place('reply', PAIRED).then(() => {
        left = true;
      });
      await pass(1_999);
      expect(left).to.equal(false);
      await pass(1);
      expect(left).to.equal(true);
    });

    it('never puts off a send for more than a minute', async () => {
      const slow: Pace = { perSecond: 1_000, pair: { burst: 1, everyMillis: 300_000 } };
      expect([await place('reply', slow), await place('reply', slow)]).to.deep.equal([0, 60_000]);
    });
  });

  it('allows paces of less than one message a second', async () => {
    const slow: Pace = { perSecond: 0.7 / 0.95 };
    const { leftAt, askIn } = await ask(5, 'reply', slow);
    await pass(4_300);
    expect(leftAt).to.have.length(4);
    expect(askIn[0]).to.be.within(5_714, 5_715);
    const campaign = await ask(1, 'campaign', slow);
    await pass(3_000);
    expect(campaign.leftAt).to.have.length(1);
  });

  it('begins anew when the account is allowed more or less', async () => {
    await ask(100);
    expect(await place('reply', { perSecond: 80 })).to.equal(0);
  });

  describe('in virtual time, with a provider that counts every second', () => {
    it('80 a second, 10 people who write: at most 0.1 % of the replies are refused, and 90 % is used', async () => {
      const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
      const all = await Promise.all(seeds.map((seed) => simulate({ set: 80, allowed: 80, people: 10, seconds: 300, seed })));
      const mean = (figure: (one: Outcome) => number) => all.reduce((sum, one) => sum + figure(one), 0) / all.length;
      expect(mean(({ refused }) => refused.reply)).to.be.at.most(0.001);
      expect(mean(({ refused }) => refused.campaign)).to.be.at.most(0.001);
      expect(mean(({ use }) => use)).to.be.at.least(0.9);
      expect(mean(({ medianWait }) => medianWait)).to.be.at.most(10);
    }).timeout(60_000);

    it('an account that is set to four times what is allowed finds the limit', async () => {
      const { refused, use } = await simulate({ set: 80, allowed: 20, people: 0, seconds: 900, seed: 1 });
      expect(refused.campaign).to.be.at.most(0.002);
      expect(use).to.be.at.least(0.9);
    }).timeout(60_000);
  });
});

/** Waits until nobody goes on without the clock. */
async function settled() {
  for (let i = 0; i < 12; i += 1) await undefined;
}
