import type { TurnRecord } from '../contract/host/index.js';
import type { ResultQuery, StoredResult } from '../contract/store/index.js';

/** Returns a key `<flow>/<time>/<session>/<turn>` for each flow that has runs ending in a turn. Both stores keep these keys sorted. */
export function endedKeys(session: string, { turn, results = [] }: Pick<TurnRecord, 'turn' | 'results'>): readonly string[] {
  return [...new Set(results.map(({ flow, endedAt }) => `${flow}/${endedAt}/${session}/${turn}`))];
}

/**
 * Returns the range of keys that a query asks for: from the first on, below the second. The turn of `after` is in it, as it may hold more
 * results.
 */
export function keysBetween({ flow, since = '', after }: ResultQuery): readonly [from: string, below: string] {
  return [after === undefined ? `${flow}/${since}` : after.slice(0, after.lastIndexOf('/')), `${flow}0`];
}

/** Returns the session and the turn of a key. */
export function turnOfKey(key: string): { readonly session: string; readonly turn: number } {
  const [, , session = '', turn = '0'] = key.split('/');
  return { session, turn: Number(turn) };
}

/** Returns the results that the turn of a key holds, those up to `after` left out. */
export function resultsOf(
  key: string,
  { results = [] }: Pick<TurnRecord, 'results'>,
  { flow, after = '' }: ResultQuery,
): readonly StoredResult[] {
  const { session } = turnOfKey(key);
  const all = results.map((result, i) => ({ ...result, key: `${key}/${String(i).padStart(3, '0')}`, session }));
  return all.filter((one) => one.flow === flow && one.key > after);
}
