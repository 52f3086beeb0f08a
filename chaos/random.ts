/** Chance that a seed repeats: one stream for each who draws, so that what one does moves nobody else. */
export interface Chance {
  /** From `least` up to, and without, `most`. */
  between(least: number, most: number): number;
  /** One of a list that is not empty. */
  oneOf<T>(list: readonly T[]): T;
  /** True so often, of 1. */
  happens(share: number): boolean;
  /** A stream of its own. */
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
    between: (least, most) => least + next() * (most - least),
    oneOf: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
    happens: (share) => next() < share,
    stream: (name) => createChance([...name].reduce((sum, sign) => Math.imul(sum, 31) + sign.charCodeAt(0), seed)),
  };
}
