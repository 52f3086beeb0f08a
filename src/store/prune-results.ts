import type { IsoTime } from '../contract/index.js';

/** The keys of results, sorted: `<flow>/<time>/<session>/<turn>`, see `result-key.ts`. */
export interface ResultKeys {
  /** Returns the first key above this one. */
  firstAbove(key: string): Promise<string | undefined>;
  /** Removes at most `limit` keys of a range, its ends left out, and returns how many. */
  remove(range: { readonly above: string; readonly below: string }, limit: number): Promise<number>;
}

/**
 * Removes at most `limit` keys of results that are older than `before`. Keys begin with the flow, so the old ones of each flow stand
 * together: it goes from flow to flow. Returns true if there may be more.
 */
export async function pruneResults(keys: ResultKeys, before: IsoTime, limit: number): Promise<boolean> {
  let [flow, left] = ['', limit];
  for (;;) {
    // `0` is the character after `/`: above all keys of this flow.
    const next = await keys.firstAbove(`${flow}0`);
    if (next === undefined) return false;
    [flow = ''] = next.split('/');
    left -= await keys.remove({ above: `${flow}/`, below: `${flow}/${before}` }, left);
    if (left === 0) return true;
  }
}
