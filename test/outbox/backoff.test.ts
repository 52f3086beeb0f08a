import { expect } from 'chai';
import { plusMillis, type SendError, type WaitingEffect } from '../../src/contract/index.js';
import { verdictOn } from '../../src/outbox/backoff.js';
import { aSend, at } from '../support/builders.js';

const NOW = at(100);
const DAY = 24 * 3_600_000;
const SURE = { now: NOW, isSure: true };
const waiting = (attempts: number, more: Partial<WaitingEffect> = {}): WaitingEffect => ({
  effect: aSend('s1', 1, 1),
  status: 'claimed',
  attempts,
  accepted: 0,
  providerIds: [],
  ...more,
});
const error = (kind: SendError['kind'], more: Partial<SendError> = {}): SendError => ({
  ok: false,
  kind,
  code: '1',
  message: 'no',
  ...more,
});
const DEAD = { dead: { kind: 'rejected', code: '1', message: 'no' } };
/** The pause after a try, in seconds. */
function pauseAfter(of: SendError, tried: WaitingEffect): number | 'over' {
  const verdict = verdictOn(of, tried, SURE);
  return 'retryAt' in verdict ? (Date.parse(verdict.retryAt) - Date.parse(NOW)) / 1000 : 'over';
}
const pauses = (of: SendError, tries: number) => Array.from({ length: tries }, (_, attempts) => pauseAfter(of, waiting(attempts)));

describe('what becomes of a send that was not taken', () => {
  it('a pair that is throttled waits 4^X seconds, as Meta asks, and at most five minutes', () => {
    expect(pauses(error('throttled', { pair: true }), 7)).to.deep.equal([1, 4, 16, 64, 256, 300, 300]);
  });

  it('a throttled account and an unreachable provider are asked again after about 1, 2, 4 seconds, at most a minute apart', () => {
    for (const kind of ['throttled', 'unreachable'] as const) {
      const all = pauses(error(kind), 20).map(Number);
      expect(all.slice(0, 3).map((one) => Math.floor(one))).to.deep.equal([1, 2, 4]);
      expect(Math.max(...all)).to.be.at.most(60);
    }
  });

  it('sends that were refused in the same moment do not come back in the same moment', () => {
    const [one, other] = [1, 2].map((number) => {
      const { effect, ...rest } = waiting(3);
      return verdictOn(error('throttled'), { ...rest, effect: { ...effect, number } }, SURE);
    });
    expect(one).to.not.deep.equal(other);
  });

  it('is the same whenever it is computed again', () => {
    expect(pauses(error('unreachable'), 8)).to.deep.equal(pauses(error('unreachable'), 8));
  });

  it('a pause that the provider asks for is kept up to five minutes; one of hours holds the channel, where one send tries each hour', () => {
    const request = (retryAfter: number) => verdictOn(error('throttled', { retryAfter }), waiting(0), SURE);
    expect([60_001, 300_000, 3_599_999].map((millis) => pauseAfter(error('throttled', { retryAfter: millis }), waiting(0)))).to.deep.equal([
      60.001, 300, 300,
    ]);
    expect([3_600_000, 24 * 3_600_000].map(request)).to.deep.equal([{ hold: 3_600_000 }, { hold: 3_600_000 }]);
  });

  it('refused settings hold the channel for a minute, however long it was tried', () => {
    for (const since of [NOW, plusMillis(NOW, -3 * DAY)])
      expect(verdictOn(error('config'), waiting(9, { since }), SURE)).to.deep.equal({ hold: 60_000 });
  });

  it('an unknown outcome waits for a receipt: 20, 40, 80 s before it is repeated, and 20 s before it is given up', () => {
    const seen = [{}, { inDoubt: true as const }, { inDoubt: true as const, doubts: 2 }, { inDoubt: true as const, doubts: 3 }].map(
      (more) => verdictOn(error('unknown'), waiting(0, more), SURE),
    );
    expect(seen).to.deep.equal(
      [20, 40, 80, 20].map((seconds, i) => ({ retryAt: plusMillis(NOW, seconds * 1_000), inDoubt: true, doubts: i + 1 })),
    );
  });

  it('nothing is tried for longer than a day from its first try, however long it had waited for that', () => {
    for (const kind of ['throttled', 'unreachable', 'unknown'] as const) {
      const asked = { effect: { ...aSend('s1', 1, 1), at: plusMillis(NOW, -9 * DAY) } };
      expect(verdictOn(error(kind), waiting(0, asked), SURE), kind).to.have.property('retryAt');
      expect(verdictOn(error(kind), waiting(5, { since: plusMillis(NOW, -DAY) }), SURE), kind).to.have.property('dead');
      expect(verdictOn(error(kind), waiting(5, { since: plusMillis(NOW, 1 - DAY) }), SURE), kind).to.have.property('retryAt');
    }
  });

  it('a wall clock that was set a moment ago ends nobody’s patience', () => {
    const verdict = verdictOn(error('unreachable'), waiting(5, { since: plusMillis(NOW, -365 * DAY) }), { now: NOW, isSure: false });
    expect(verdict).to.have.property('retryAt');
  });

  it('a refusal that may pass is tried three times more', () => {
    const seen = [undefined, 1, 2, 3].map((refusals) =>
      verdictOn(error('rejected', { retryable: true }), waiting(0, refusals === undefined ? {} : { refusals }), SURE),
    );
    expect(seen.map((one) => ('refusals' in one ? one.refusals : one))).to.deep.equal([1, 2, 3, DEAD]);
  });

  it('what is final is tried once, and tells the code and the words', () => {
    for (const kind of ['rejected', 'blocked', 'window-closed'] as const) {
      expect(verdictOn(error(kind), waiting(0), SURE)).to.deep.equal({ dead: { kind, code: '1', message: 'no' } });
    }
  });
});
