import { isRefused } from '../contract/host/index.js';
import type { VariableType } from '../contract/index.js';
import type { Store, StoredFlow, StoredResult } from '../contract/store/index.js';
import { type CheckWorldFor, surveyFlow } from '../flow/check.js';
import type { Caller } from './caller.js';
import { knownFlow } from './known-flow.js';
import type { Outcome } from './outcome.js';
import { mapPage, type Page, type PageRequest, pageOf } from './page.js';

export interface ResultParts {
  readonly store: Pick<Store, 'flows' | 'turns'>;
  readonly checkWorld: CheckWorldFor;
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

/** A variable of the results of a flow. */
export interface ResultColumn {
  readonly name: string;
  /** Absent if it may hold values of several types. */
  readonly type?: VariableType;
  readonly title?: string;
}

/** Lists the results of the runs of a flow, oldest first. The first page has the columns. */
export async function listResults(
  parts: ResultParts,
  _caller: Caller,
  { limit, after, ...query }: ResultQuery & PageRequest,
): Promise<Outcome<Page<ShownResult> & { readonly columns?: readonly ResultColumn[] }>> {
  const flow = await knownFlow(parts, query.code);
  if (isRefused(flow)) return flow;
  const found: StoredResult[] = [];
  for await (const one of walk(parts, query, after)) if (found.push(one) > limit) break;
  const page = mapPage(
    pageOf(found, limit, ({ key }) => key),
    ({ key: _, session, ...rest }) => ({ ...rest, contact: session }),
  );
  return { done: after === undefined ? { ...page, columns: columnsOf(flow, parts) } : page };
}

/** Returns the variables that the draft declares or its nodes set, with their types. */
function columnsOf({ draft: { definition }, channels }: StoredFlow, { checkWorld }: ResultParts): readonly ResultColumn[] {
  const titles = new Map((definition.variables ?? []).map(({ name, title }) => [name, title]));
  const { variables } = surveyFlow(definition, checkWorld(channels)).outline;
  return variables
    .filter(({ declared, setBy }) => declared || setBy.length > 0)
    .map(({ name, type }) => {
      const title = titles.get(name);
      return { name, ...(type === undefined ? {} : { type }), ...(title === undefined ? {} : { title }) };
    });
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
