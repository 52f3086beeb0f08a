import { expect } from 'chai';
import { systemClock } from '../../src/clock/system-clock.js';

/** The process stands still, as when it is paused. */
function standStill(millis: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, millis);
}

describe('the clock of the machine', () => {
  it('calls once its time has come, unless it is cancelled', async () => {
    const called: string[] = [];
    const cancel = systemClock.after(1, () => called.push('cancelled'));
    cancel();
    await new Promise<void>((done) => {
      systemClock.after(-5, () => called.push('at once'));
      const timer = setTimeout(done, 60_000);
      systemClock.after(2, () => {
        called.push('later');
        clearTimeout(timer);
        done();
      });
    });
    expect(called).to.deep.equal(['at once', 'later']);
  });

  it('after a pause of the process lets what has come meanwhile be read before a time-out counts, which may still be cancelled', async () => {
    const called: string[] = [];
    const cancel = systemClock.after(5, () => called.push('cancelled'));
    const over = new Promise<void>((done) => {
      const timer = setTimeout(done, 60_000);
      systemClock.after(10, () => {
        called.push('time-out');
        clearTimeout(timer);
        done();
      });
    });
    standStill(1_100);
    // Timers that are due come before what was read, in the same round of the event loop.
    setImmediate(() => {
      called.push('read');
      cancel();
    });
    await over;
    expect(called).to.deep.equal(['read', 'time-out']);
  });
});
