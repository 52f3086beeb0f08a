import { expect } from 'chai';
import { silentLog } from '../../src/contract/host/index.js';
import { watchWallClock } from '../../src/jobs/watch-wall-clock.js';
import { manualClock } from '../support/manual-clock.js';

const MINUTE = 60_000;

describe('the watch over the wall clock', () => {
  function watched() {
    const clock = manualClock();
    const lines: unknown[] = [];
    const jumps: unknown[] = [];
    const log = { ...silentLog, warn: (fields: object) => void lines.push(fields) };
    return { clock, lines, jumps, steadyFor: watchWallClock(clock, log, { clockJump: () => void jumps.push('') }) };
  }

  it('knows of no jump while both clocks go together, however long nobody looks, and whatever is steered', () => {
    const { clock, lines, steadyFor } = watched();
    clock.advance(365 * 24 * 60 * MINUTE);
    expect(steadyFor()).to.equal(Number.POSITIVE_INFINITY);
    for (const step of [10, -10, 10, 10]) {
      clock.step(step * MINUTE);
      expect(steadyFor()).to.equal(Number.POSITIVE_INFINITY);
    }
    expect(lines).to.deep.equal([]);
  });

  for (const step of [10 * MINUTE + 1, -10 * MINUTE - 1, 365 * 24 * 60 * MINUTE])
    it(`counts from a jump of ${step} ms, and from the one back again, and tells each once`, () => {
      const { clock, lines, jumps, steadyFor } = watched();
      clock.step(step);
      expect(steadyFor()).to.equal(0);
      clock.advance(2_000);
      expect(steadyFor()).to.equal(2_000);
      clock.step(-step);
      expect(steadyFor()).to.equal(0);
      clock.advance(MINUTE);
      expect(steadyFor()).to.equal(MINUTE);
      expect([lines, jumps.length]).to.deep.equal([[step, -step].map((millis) => ({ seconds: Math.round(millis / 1_000) })), 2]);
    });
});
