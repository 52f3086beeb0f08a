import type { ResultQuery, StoredResult, TurnRecord } from '../contract/index.js';

/** Where a turn that ended runs of a flow is found: `<flow>/<time>/<session>/<turn>`. Both stores keep it as a key of its own. */
export function endedKeys(session: string, { turn, results = [] }: Pick<TurnRecord, 'turn' | 'results'>): readonly string[] {
  return [...new Set(results.map(({ flow, endedAt }) => `${flow}/${endedAt}/${session}/${turn}`))];
}

/** The keys that a query asks for: from the first on, below the second. The turn of the last result given may have more of them. */
export function keysBetween({ flow, since = '', after }: ResultQuery): readonly [from: string, below: string] {
  return [after === undefined ? `${flow}/${since}` : after.slice(0, after.lastIndexOf('/')), `${flow}0`];
}

/** The session and the turn of a key. */
export function turnOfKey(key: string): { readonly session: string; readonly turn: number } {
  const [, , session = '', turn = '0'] = key.split('/');
  return { session, turn: Number(turn) };
}

/** The results that a turn holds for its key, behind the last one given. */
export function resultsOf(
  key: string,
  { results = [] }: Pick<TurnRecord, 'results'>,
  { flow, after = '' }: ResultQuery,
): readonly StoredResult[] {
  const { session } = turnOfKey(key);
  const all = results.map((result, i) => ({ ...result, key: `${key}/${String(i).padStart(3, '0')}`, session }));
  return all.filter((one) => one.flow === flow && one.key > after);
}
