import { expect } from 'chai';
import { OperationalError } from '../../src/contract/host/index.js';
import { retryUntilLeaseEnds } from '../../src/outbox/retry-until-lease-ends.js';
import { manualClock } from '../support/manual-clock.js';

const away = new OperationalError('store/away', 'the store is away');
const events = () => new Promise((next) => setImmediate(next));

describe('storing what became of an effect', () => {
  /** Writes that fail with these errors, one after another, and then succeed. */
  const trying = (...errors: readonly Error[]) => {
    const clock = manualClock();
    const stopping = new AbortController();
    const state = { tries: 0, left: 10_000, ended: '' };
    const write = async () => {
      const error = errors[state.tries];
      state.tries += 1;
      if (error) throw error;
      return 'stored';
    };
    void retryUntilLeaseEnds({ clock, resting: stopping }, () => state.left, write).then(
      (done) => {
        state.ended = done;
      },
      (error: Error) => {
        state.ended = error.message;
      },
    );
    const pass = async (millis: number) => {
      await events();
      clock.advance(millis);
      await events();
      return [state.tries, state.ended];
    };
    return { pass, state, stop: () => stopping.abort() };
  };

  it('is tried once a second while the store is away', async () => {
    const { pass } = trying(away, away);
    expect(await pass(999)).to.deep.equal([1, '']);
    expect(await pass(1)).to.deep.equal([2, '']);
    expect(await pass(1_000)).to.deep.equal([3, 'stored']);
    expect(await pass(60_000)).to.deep.equal([3, 'stored']);
  });

  it('is given up when the lease has ended', async () => {
    const { pass, state } = trying(away, away, away);
    expect(await pass(0)).to.deep.equal([1, '']);
    state.left = 0;
    expect(await pass(1_000)).to.deep.equal([2, 'the store is away']);
  });

  it('is tried once more, at once, when the host stops', async () => {
    const { pass, stop } = trying(away, away, away);
    expect(await pass(0)).to.deep.equal([1, '']);
    stop();
    expect(await pass(0)).to.deep.equal([2, 'the store is away']);
  });

  it('is not tried again after any other error', async () => {
    expect(await trying(new TypeError('a bug')).pass(1_000)).to.deep.equal([1, 'a bug']);
  });
});
