import type { Refusal } from '../contract/host/index.js';
import type { FlowVersion, Store, StoredFlow } from '../contract/store/index.js';

interface KnownParts {
  readonly store: Pick<Store, 'flows'>;
}

/** Finds a flow by its code. */
export async function knownFlow({ store }: KnownParts, code: string): Promise<StoredFlow | Refusal> {
  return (await store.flows.get(code)) ?? noFlow(code);
}

/** The refusal for a flow that does not exist. */
export function noFlow(code: string): Refusal {
  return { refused: 'flow/unknown', detail: `Unknown flow: "${code}".` };
}

/** Finds a version of a flow by its number, which may be text that somebody has typed. */
export async function knownVersion({ store }: KnownParts, code: string, version: number | string): Promise<FlowVersion | Refusal> {
  const found = /^\d{1,9}$/.test(String(version)) ? await store.flows.version(code, Number(version)) : undefined;
  return found ?? noVersion(code, version);
}

/** The refusal for a version that the flow does not have. */
export function noVersion(code: string, version: number | string): Refusal {
  return { refused: 'flow/no-version', detail: `"${code}" has no version ${version}.` };
}
