import { expect } from 'chai';
import { planThinning } from '../../src/store/plan-drafts.js';
import { at } from '../support/builders.js';

interface Kept {
  readonly revision: number;
  readonly at: string;
  readonly size: number;
}
const HOUR = 3_600;

describe('how the drafts of a flow are thinned', () => {
  const draft = (revision: number, seconds: number, size = 1_000): Kept => ({ revision, at: at(seconds), size });
  const stays = (kept: readonly Kept[], seconds: number) => {
    const gone = planThinning(kept, at(seconds));
    return kept.map(({ revision }) => revision).filter((revision) => !gone.includes(revision));
  };
  /** Saves again and again, as autosave does, and thins after each save. */
  const saved = (times: readonly number[]) => {
    let kept: readonly Kept[] = [];
    for (const [i, seconds] of times.entries()) {
      const now = [...kept, draft(i + 1, seconds)];
      const gone = planThinning(now, at(seconds));
      kept = now.filter(({ revision }) => !gone.includes(revision));
    }
    return kept;
  };
  const every = (step: number, until: number) => Array.from({ length: Math.floor(until / step) }, (_, i) => i * step);

  it('keeps everything of the last hour while there is room', () => {
    const kept = Array.from({ length: 49 }, (_, i) => draft(i + 1, i * 60));
    expect(stays(kept, HOUR)).to.have.length(49);
  });

  it('keeps the last of every ten minutes after an hour', () => {
    const kept = [draft(1, 0), draft(2, 500), draft(3, 599), draft(4, 600), draft(5, 1_300), draft(6, 2 * HOUR)];
    expect(stays(kept, 2 * HOUR)).to.deep.equal([3, 4, 5, 6]);
  });

  it('keeps the last 49 of a short burst', () => {
    expect(saved(every(1, 60)).map(({ revision }) => revision)).to.deep.equal(Array.from({ length: 49 }, (_, i) => i + 12));
  });

  it('a whole day of autosave leaves hours to go back to, and the newest as they are', () => {
    const kept = saved(every(20, 4 * HOUR));
    expect(kept).to.have.length(49);
    expect(kept.slice(-20).map(({ revision }) => revision)).to.deep.equal(Array.from({ length: 20 }, (_, i) => i + 701));
    // One for each ten minutes, back to the first.
    expect(kept.slice(0, 20).map((one) => Math.floor((Date.parse(one.at) - Date.parse(at(0))) / 600_000))).to.deep.equal(
      Array.from({ length: 20 }, (_, i) => i),
    );
  });

  it('drops the oldest when nothing else is left to drop', () => {
    const kept = saved(every(600, 60 * 600));
    expect(kept.map(({ revision }) => revision)).to.deep.equal(Array.from({ length: 49 }, (_, i) => i + 12));
  });

  it('keeps as many of large definitions as fit', () => {
    const kept = Array.from({ length: 12 }, (_, i) => draft(i + 1, i, 2_000_000));
    expect(stays(kept, 12)).to.deep.equal([5, 6, 7, 8, 9, 10, 11, 12]);
    expect(stays([draft(1, 0, 17_000_000)], 1)).to.deep.equal([]);
  });

  it('does not depend on the order, and thins what is thinned no further', () => {
    const kept = [...every(7, 2 * HOUR).map((seconds, i) => draft(i + 1, seconds))];
    const once = stays(kept, 2 * HOUR);
    expect(new Set(stays([...kept].reverse(), 2 * HOUR))).to.deep.equal(new Set(once));
    expect(
      planThinning(
        kept.filter(({ revision }) => once.includes(revision)),
        at(2 * HOUR),
      ),
    ).to.deep.equal([]);
  });
});
