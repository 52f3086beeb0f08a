/** Something that waits for a worker. Runs with the same key, those of the same code, share one place in line. */
export interface Queued {
  readonly key: string;
}

/**
 * A queue in which whoever has used little time lately goes first. So a hundred runs of code that always takes all of its time cannot hold
 * up code that is done in a millisecond.
 */
export interface FairQueue<T extends Queued> {
  readonly size: number;
  add(item: T): void;
  remove(item: T): void;
  /** Takes the next item of those that may be taken now. */
  take(mayTake: (item: T) => boolean): T | undefined;
  /** Notes that a run has used so many milliseconds. */
  charge(key: string, millis: number): void;
}

/** After so many milliseconds, half of the time that was used counts. */
const HALF_LIFE = 10_000;
/** Keys whose time is kept. */
const MAX_KEYS = 1_000;

export function createFairQueue<T extends Queued>(monotonic: () => number): FairQueue<T> {
  const items: T[] = [];
  const used = new Map<string, { readonly millis: number; readonly at: number }>();
  const usedBy = (key: string): number => {
    const known = used.get(key);
    return known ? known.millis * 0.5 ** ((monotonic() - known.at) / HALF_LIFE) : 0;
  };
  const remove = (item: T): void => {
    const at = items.indexOf(item);
    if (at >= 0) items.splice(at, 1);
  };
  return {
    get size() {
      return items.length;
    },
    add: (item) => void items.push(item),
    remove,
    take(mayTake) {
      let [best, least]: [T | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
      for (const item of items) {
        const time = usedBy(item.key);
        if (time < least && mayTake(item)) [best, least] = [item, time];
      }
      if (best) remove(best);
      return best;
    },
    charge(key, millis) {
      const time = usedBy(key) + millis;
      // Added again at the end, so that the key unused for longest is dropped.
      used.delete(key);
      used.set(key, { millis: time, at: monotonic() });
      const [oldest] = used.size > MAX_KEYS ? used.keys() : [];
      if (oldest !== undefined) used.delete(oldest);
    },
  };
}
