import { isRefused } from '../contract/host/index.js';
import type { FlowDefinition } from '../contract/index.js';
import type { Store, VersionQuery, VersionSummary } from '../contract/store/index.js';
import type { Caller } from './caller.js';
import { knownFlow, knownVersion } from './known-flow.js';
import type { Outcome } from './outcome.js';
import { mapPage, type Page, pageOf } from './page.js';

export interface VersionParts {
  readonly store: Pick<Store, 'flows'>;
}
interface Named {
  readonly code: string;
}
type ShownVersion = Omit<VersionSummary, 'flow'>;

/** Lists the versions of a flow. `after` is the number of the last version of the page before. */
export async function listVersions(
  { store }: VersionParts,
  _caller: Caller,
  { code, ...query }: Named & VersionQuery,
): Promise<Outcome<Page<ShownVersion>>> {
  const flow = await knownFlow({ store }, code);
  if (isRefused(flow)) return flow;
  const found = await store.flows.versions(code, { ...query, limit: query.limit + 1 });
  return {
    done: mapPage(
      pageOf(found, query.limit, ({ version }) => String(version)),
      ({ flow: _, ...rest }) => rest,
    ),
  };
}

/** Reads the definition of a version, or of the draft if none is named. */
export async function exportFlow(
  parts: VersionParts,
  _caller: Caller,
  { code, version }: Named & { readonly version?: number | string },
): Promise<Outcome<FlowDefinition>> {
  const flow = await knownFlow(parts, code);
  if (isRefused(flow)) return flow;
  const from = version === undefined ? flow.draft : await knownVersion(parts, code, version);
  return isRefused(from) ? from : { done: from.definition };
}
