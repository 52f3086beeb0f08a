import { expect } from 'chai';
import { plusMillis, type SendError } from '../../src/contract/index.js';
import type { WaitingEffect } from '../../src/contract/store/index.js';
import { verdictOn } from '../../src/outbox/backoff.js';
import { aSend, at } from '../support/builders.js';

const NOW = at(100);
const DAY = 24 * 3_600_000;
const TRUSTED = { now: NOW, isClockTrusted: true };
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
/** The pause after an attempt, in seconds. */
function pauseAfter(of: SendError, attempted: WaitingEffect): number | 'over' {
  const verdict = verdictOn(of, attempted, TRUSTED);
  return 'retryAt' in verdict ? (Date.parse(verdict.retryAt) - Date.parse(NOW)) / 1000 : 'over';
}
const pauses = (of: SendError, count: number) => Array.from({ length: count }, (_, attempts) => pauseAfter(of, waiting(attempts)));

describe('a send that was not accepted', () => {
  it('waits 4^X seconds if one person is sent too much, as Meta asks, and at most five minutes', () => {
    expect(pauses(error('throttled', { pair: true }), 7)).to.deep.equal([1, 4, 16, 64, 256, 300, 300]);
  });

  it('waits as long as the provider asks for one person, and longer each time all the same', () => {
    expect(pauses(error('throttled', { pair: true, retryAfter: 5_000 }), 6)).to.deep.equal([5, 5, 16, 64, 256, 300]);
  });

  it('is retried after about 1, 2, 4, … seconds, at most a minute, if the account is throttled or the provider cannot be reached', () => {
    for (const kind of ['throttled', 'unreachable'] as const) {
      const all = pauses(error(kind), 20).map(Number);
      expect(all.slice(0, 3).map((one) => Math.floor(one))).to.deep.equal([1, 2, 4]);
      expect(Math.max(...all)).to.be.at.most(60);
    }
  });

  it('is not retried at the same moment as another one that was refused with it', () => {
    const [one, other] = [1, 2].map((number) => {
      const { effect, ...rest } = waiting(3);
      return verdictOn(error('throttled'), { ...rest, effect: { ...effect, number } }, TRUSTED);
    });
    expect(one).to.not.deep.equal(other);
  });

  it('is retried at the same time whenever that is computed', () => {
    expect(pauses(error('unreachable'), 8)).to.deep.equal(pauses(error('unreachable'), 8));
  });

  it('waits as long as the provider asks, up to five minutes; if that is hours, the channel is held, and one send tries each hour', () => {
    const request = (retryAfter: number) => verdictOn(error('throttled', { retryAfter }), waiting(0), TRUSTED);
    expect([60_001, 300_000, 3_599_999].map((millis) => pauseAfter(error('throttled', { retryAfter: millis }), waiting(0)))).to.deep.equal([
      60.001, 300, 300,
    ]);
    expect([3_600_000, 24 * 3_600_000].map(request)).to.deep.equal([{ hold: 3_600_000 }, { hold: 3_600_000 }]);
  });

  it('is held with its channel for a minute if the settings were refused, however long it has been tried', () => {
    for (const since of [NOW, plusMillis(NOW, -3 * DAY)])
      expect(verdictOn(error('config'), waiting(9, { since }), TRUSTED)).to.deep.equal({ hold: 60_000 });
  });

  it('waits for a receipt if its outcome is unknown: 20, 40, 80 s before it is repeated, and 20 s before it is given up', () => {
    const seen = [{}, { inDoubt: true as const }, { inDoubt: true as const, doubts: 2 }, { inDoubt: true as const, doubts: 3 }].map(
      (more) => verdictOn(error('unknown'), waiting(0, more), TRUSTED),
    );
    expect(seen).to.deep.equal(
      [20, 40, 80, 20].map((seconds, i) => ({ retryAt: plusMillis(NOW, seconds * 1_000), inDoubt: true, doubts: i + 1 })),
    );
  });

  it('is tried for a day from its first attempt, however long it had waited for that', () => {
    for (const kind of ['throttled', 'unreachable', 'unknown'] as const) {
      const asked = { effect: { ...aSend('s1', 1, 1), at: plusMillis(NOW, -9 * DAY) } };
      expect(verdictOn(error(kind), waiting(0, asked), TRUSTED), kind).to.have.property('retryAt');
      expect(verdictOn(error(kind), waiting(5, { since: plusMillis(NOW, -DAY) }), TRUSTED), kind).to.have.property('dead');
      expect(verdictOn(error(kind), waiting(5, { since: plusMillis(NOW, 1 - DAY) }), TRUSTED), kind).to.have.property('retryAt');
    }
  });

  it('is not given up by a wall clock that was set a moment ago', () => {
    const verdict = verdictOn(error('unreachable'), waiting(5, { since: plusMillis(NOW, -365 * DAY) }), {
      now: NOW,
      isClockTrusted: false,
    });
    expect(verdict).to.have.property('retryAt');
  });

  it('is retried three times after a retryable refusal', () => {
    const seen = [undefined, 1, 2, 3].map((refusals) =>
      verdictOn(error('rejected', { retryable: true }), waiting(0, refusals === undefined ? {} : { refusals }), TRUSTED),
    );
    expect(seen.map((one) => ('refusals' in one ? one.refusals : one))).to.deep.equal([1, 2, 3, DEAD]);
  });

  it('is given up with code and message after a final refusal', () => {
    for (const kind of ['rejected', 'blocked', 'window-closed'] as const) {
      expect(verdictOn(error(kind), waiting(0), TRUSTED)).to.deep.equal({ dead: { kind, code: '1', message: 'no' } });
    }
  });
});
