import type { FlowDefinition, FlowNode, Trigger } from '../../../src/contract/flow.js';
import type { NewFlow as Created, Flow, VersionedParams } from './answers.js';
import { call } from './client.js';

/** A flow as lists and its own page show it. */
export type FlowRow = Drawn<Flow>;

/** A flow that was just created. */
export type NewFlow = Drawn<Created>;

/** A flow with triggers of the contract: the host has checked them. */
type Drawn<T> = Omit<T, 'triggers'> & { readonly triggers: readonly Trigger[] };

/** The settings that a new flow gets where it has none. */
type Settings = ReturnType<typeof settingsHere>;

/** What a new flow is made of. */
export type FlowSource =
  | { readonly name: string; readonly remark?: string; readonly triggers: readonly Trigger[]; readonly settings: Settings }
  | { readonly template: string; readonly related: true; readonly settings: Settings }
  | { readonly copyOf: string; readonly name?: string }
  | { readonly definition: FlowDefinition; readonly settings: Settings };

/** Creates a flow. */
export async function createFlow(source: FlowSource): Promise<NewFlow> {
  return (await call<NewFlow>('POST', '/flows', { body: source })).body;
}

/** Returns the params of a node as the newest version of its type has them. */
export async function upgradedParams({ type, version, params }: FlowNode): Promise<VersionedParams> {
  return (await call<VersionedParams>('POST', `/node-types/${encodeURIComponent(type)}/upgrade`, { body: { version, params } })).body;
}

/** Returns the time zone and the language of this browser, for flows that set none. */
export function settingsHere(): { readonly timeZone: string; readonly locale: string } {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { timeZone, locale: navigator.language };
}
