import { isRefused } from '../contract/host/index.js';
import type { Store, StoredResult } from '../contract/store/index.js';
import type { Caller } from './caller.js';
import { knownFlow } from './known-flow.js';
import type { Outcome } from './outcome.js';
import { mapPage, type Page, type PageRequest, pageOf } from './page.js';

export interface ResultParts {
  readonly store: Pick<Store, 'flows' | 'turns'>;
}

/** Which results of a flow. */
export interface ResultQuery {
  readonly code: string;
  /** Runs that ended in this version. */
  readonly version?: number;
  /** Runs that ended at this time or later. */
  readonly since?: string;
}
type ShownResult = Omit<StoredResult, 'key' | 'session'> & { readonly contact: string };

/** How many turns are read at once. */
const BATCH = 200;

/** Lists the results of the runs of a flow, oldest first. */
export async function listResults(
  parts: ResultParts,
  _caller: Caller,
  { limit, after, ...query }: ResultQuery & PageRequest,
): Promise<Outcome<Page<ShownResult>>> {
  const flow = await knownFlow(parts, query.code);
  if (isRefused(flow)) return flow;
  const found: StoredResult[] = [];
  for await (const one of walk(parts, query, after)) if (found.push(one) > limit) break;
  return {
    done: mapPage(
      pageOf(found, limit, ({ key }) => key),
      ({ key: _, session, ...rest }) => ({ ...rest, contact: session }),
    ),
  };
}

export interface AllResults {
  /** The variables that the draft declares. */
  readonly variables: readonly string[];
  /** Read from the store while they are consumed. */
  readonly results: AsyncIterable<StoredResult>;
}

/** Returns all results of a flow, to be written into a file. */
export async function exportResults(parts: ResultParts, _caller: Caller, query: ResultQuery): Promise<Outcome<AllResults>> {
  const flow = await knownFlow(parts, query.code);
  if (isRefused(flow)) return flow;
  const variables = (flow.draft.definition.variables ?? []).map(({ name }) => name);
  return { done: { variables, results: walk(parts, query) } };
}

/** Walks all results from a key on. Those of one turn stay together: a turn that a page has begun is not begun again. */
async function* walk({ store }: ResultParts, { code, version, since }: ResultQuery, from?: string): AsyncGenerator<StoredResult> {
  const query = { flow: code, ...(since === undefined ? {} : { since }) };
  let after = from;
  for (;;) {
    const batch = await store.turns.results({ ...query, ...(after === undefined ? {} : { after }), limit: BATCH });
    yield* batch.filter((one) => version === undefined || one.version === version);
    after = batch.at(-1)?.key;
    if (after === undefined) return;
  }
}
