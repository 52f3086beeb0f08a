import type { FlowDefinition, Problem, Trigger } from '../../../src/contract/flow.js';
import { call } from './client.js';

/** A flow as lists and its own page show it. */
export interface FlowRow {
  readonly code: string;
  readonly name: string;
  readonly remark: string;
  readonly state: 'ONLINE' | 'OFFLINE';
  /** The version that is ONLINE. */
  readonly version?: number;
  readonly draft: { readonly revision: number; readonly changed: boolean; readonly at?: string; readonly by?: string };
  /** The channels that the flow is bound to. */
  readonly channels: readonly string[];
  readonly triggers: readonly Trigger[];
  /** How many people are in it now. */
  readonly waiting: number;
  readonly updatedAt: string;
}

/** A flow that was just created. */
export type NewFlow = FlowRow & { readonly problems: readonly Problem[] };

/** The settings that a new flow gets where it has none. */
type Settings = ReturnType<typeof settingsHere>;

/** What a new flow is made of. */
export type FlowSource =
  | { readonly name: string; readonly remark?: string; readonly triggers: readonly Trigger[]; readonly settings: Settings }
  | { readonly template: string; readonly settings: Settings }
  | { readonly copyOf: string; readonly name?: string }
  | { readonly definition: FlowDefinition; readonly settings: Settings };

/** Creates a flow. */
export async function createFlow(source: FlowSource): Promise<NewFlow> {
  return (await call<NewFlow>('POST', '/flows', { body: source })).body;
}

/** Returns the time zone and the language of this browser, for flows that set none. */
export function settingsHere(): { readonly timeZone: string; readonly locale: string } {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { timeZone, locale: navigator.language };
}
