import { expect } from 'chai';
import { plusMillis, type SendError, type WaitingEffect } from '../../src/contract/index.js';
import { verdictOn } from '../../src/outbox/backoff.js';
import { aSend, at } from '../support/builders.js';

const NOW = at(100);
const waiting = (attempts: number, asked = NOW): WaitingEffect => ({
  effect: { ...aSend('s1', 1, 1), at: asked },
  status: 'claimed',
  attempts,
  accepted: 0,
  providerIds: [],
});
const error = (kind: SendError['kind'], more: Partial<SendError> = {}): SendError => ({
  ok: false,
  kind,
  code: '1',
  message: 'no',
  ...more,
});
const pauses = (of: SendError, tries: number): readonly (number | 'dead')[] =>
  Array.from({ length: tries }, (_, attempts) => {
    const verdict = verdictOn(of, waiting(attempts), NOW);
    return 'dead' in verdict ? 'dead' : (Date.parse(verdict.retryAt) - Date.parse(NOW)) / 1000;
  });

describe('what becomes of a send that was not taken', () => {
  it('a pair that is throttled waits 4^X seconds, as Meta asks, until that is more than a minute', () => {
    expect(pauses(error('throttled', { pair: true }), 4)).to.deep.equal([1, 4, 16, 'dead']);
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
      return verdictOn(error('throttled'), { ...rest, effect: { ...effect, number } }, NOW);
    });
    expect(one).to.not.deep.equal(other);
  });

  it('is the same whenever it is computed again', () => {
    expect(pauses(error('unreachable'), 8)).to.deep.equal(pauses(error('unreachable'), 8));
  });

  it('a pause of more than a minute that the provider asks for takes the send out of the queue', () => {
    expect(pauses(error('throttled', { retryAfter: 60_000 }), 1)).to.deep.equal([60]);
    expect(pauses(error('throttled', { retryAfter: 60_001 }), 1)).to.deep.equal(['dead']);
  });

  it('an unknown outcome waits twenty seconds for a receipt', () => {
    expect(verdictOn(error('unknown'), waiting(0), NOW)).to.deep.equal({ retryAt: plusMillis(NOW, 20_000), inDoubt: true });
  });

  it('nothing is tried for longer than a day', () => {
    for (const kind of ['throttled', 'unreachable', 'unknown'] as const) {
      expect(verdictOn(error(kind), waiting(0, plusMillis(NOW, -24 * 3_600_000)), NOW), kind).to.have.property('dead');
      expect(verdictOn(error(kind), waiting(0, plusMillis(NOW, -23 * 3_600_000)), NOW), kind).to.have.property('retryAt');
    }
  });

  it('what is final is tried once, and tells the code and the words', () => {
    for (const kind of ['rejected', 'blocked', 'window-closed', 'config'] as const) {
      expect(verdictOn(error(kind), waiting(0), NOW)).to.deep.equal({ dead: { kind, code: '1', message: 'no' } });
    }
  });
});
