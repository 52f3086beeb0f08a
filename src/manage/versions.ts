import { isRefused } from '../contract/host/index.js';
import type { FlowDefinition } from '../contract/index.js';
import type { FlowVersion, Store } from '../contract/store/index.js';
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
type ShownVersion = Omit<FlowVersion, 'definition' | 'flow'>;

/** Lists the versions of a flow, the oldest first. `after` is the number of the last version of the page before. */
export async function listVersions(
  parts: VersionParts,
  _caller: Caller,
  { code, after, limit }: Named & { readonly after: number; readonly limit: number },
): Promise<Outcome<Page<ShownVersion>>> {
  const flow = await knownFlow(parts, code);
  if (isRefused(flow)) return flow;
  const found = await parts.store.flows.versions(code, { after, limit: limit + 1 });
  return {
    done: mapPage(
      pageOf(found, limit, ({ version }) => String(version)),
      ({ definition: _, flow: __, ...rest }) => rest,
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
