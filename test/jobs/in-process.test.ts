import { expect } from 'chai';
import { silentLog } from '../../src/contract/host/index.js';
import { plusMillis } from '../../src/contract/index.js';
import { openJobs } from '../../src/jobs/open-jobs.js';
import { manualClock } from '../support/manual-clock.js';

/** Lets what was begun end. */
const breathe = () => new Promise((next) => setImmediate(next));

describe('jobs in process', () => {
  it('look in their rhythm, sooner when asked, and never twice at once', async () => {
    const clock = manualClock();
    const jobs = openJobs(clock, silentLog);
    const looks: string[] = [];
    let open: (() => void) | undefined;
    jobs.look('wakes', 1_000, () => {
      looks.push(clock.now().slice(17, 23));
      return new Promise<void>((done) => {
        open = done;
      });
    });
    clock.advance(400);
    jobs.soon('wakes', '2026-11-24T09:00:00.700Z');
    clock.advance(300);
    expect(looks).to.deep.equal(['00.700']);
    jobs.soon('wakes');
    clock.advance(5_000);
    expect(looks).to.have.length(1);
    open?.();
    await breathe();
    clock.advance(0);
    expect(looks).to.deep.equal(['00.700', '05.700']);
    open?.();
    await breathe();
    clock.advance(1_000);
    expect(looks).to.have.length(3);
    open?.();
    await jobs.stop();
    clock.advance(10_000);
    expect(looks).to.have.length(3);
  });

  it('that were asked while they look do so again at the earliest of the times asked for', async () => {
    const clock = manualClock();
    const jobs = openJobs(clock, silentLog);
    const looks: string[] = [];
    let open: (() => void) | undefined;
    jobs.look('wakes', 60_000, () => {
      looks.push(clock.now().slice(17, 23));
      return new Promise<void>((done) => {
        open = done;
      });
    });
    jobs.soon('wakes');
    clock.advance(0);
    for (const second of [5, 2, 9]) jobs.soon('wakes', plusMillis(clock.now(), second * 1_000));
    open?.();
    await breathe();
    clock.advance(10_000);
    expect(looks).to.deep.equal(['00.000', '02.000']);
    open?.();
    await jobs.stop();
  });

  it('are over when the stop is: it waits for the look that has begun, and tells it', async () => {
    const clock = manualClock();
    const jobs = openJobs(clock, silentLog);
    let open: (() => void) | undefined;
    let isTold = false;
    jobs.look('wakes', 1_000, (stopping) => {
      stopping.addEventListener('abort', () => {
        isTold = true;
      });
      return new Promise<void>((done) => {
        open = done;
      });
    });
    clock.advance(1_000);
    let isOver = false;
    const stopped = jobs.stop().then(() => {
      isOver = true;
    });
    await breathe();
    expect([isTold, isOver]).to.deep.equal([true, false]);
    open?.();
    await stopped;
    expect(isOver).to.equal(true);
  });

  it('look in their rhythm whatever the wall clock does, and as soon as they were asked to', async () => {
    const clock = manualClock();
    const jobs = openJobs(clock, silentLog);
    let looks = 0;
    jobs.look('effects', 1_000, async () => {
      looks += 1;
    });
    for (const millis of [-365 * 86_400_000, 365 * 86_400_000, 3_600_000, -3_600_000]) {
      clock.step(millis);
      const before = looks;
      clock.advance(1_000);
      await breathe();
      expect(looks - before, String(millis)).to.equal(1);
    }
    jobs.soon('effects', plusMillis(clock.now(), 300));
    clock.step(3_600_000);
    clock.advance(300);
    expect(looks).to.equal(5);
    await jobs.stop();
  });

  it('a look that fails is tried again', async () => {
    const clock = manualClock();
    const jobs = openJobs(clock, silentLog);
    let looks = 0;
    jobs.look('effects', 1_000, () => {
      looks += 1;
      return Promise.reject(new Error('away'));
    });
    for (let i = 0; i < 3; i += 1) {
      clock.advance(1_000);
      await breathe();
    }
    expect(looks).to.equal(3);
    await jobs.stop();
  });
});
