/** Random numbers that a seed repeats. Each user has a stream of its own, so that one does not influence another. */
export interface Chance {
  /** Returns a number from `min` to below `max`. */
  between(min: number, max: number): number;
  /** Returns an item of a list, which must not be empty. */
  oneOf<T>(list: readonly T[]): T;
  /** Returns true with this probability. */
  happens(share: number): boolean;
  /** Creates a stream of its own. */
  stream(name: string): Chance;
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  // mulberry32: https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    between: (min, max) => min + next() * (max - min),
    oneOf: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
    happens: (share) => next() < share,
    stream: (name) => createChance([...name].reduce((sum, sign) => Math.imul(sum, 31) + sign.charCodeAt(0), seed)),
  };
}
