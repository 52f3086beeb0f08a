import type { Json, JsonObject } from './json.js';
import type { Platform } from './message.js';

/** A flow's name in addresses and in the store: `[a-z0-9][a-z0-9-]{0,63}`. */
export type FlowCode = string;
/** Unique in its flow, kept when the flow is edited: `[A-Za-z0-9_-]{1,64}`. */
export type NodeId = string;

/** A flow file, format `parley/1`, as people upload and export it. `x-…` members of any object are kept untouched. */
export interface FlowDefinition {
  readonly format: 'parley/1';
  readonly code: FlowCode;
  readonly name: string;
  readonly remark?: string;
  readonly triggers: readonly Trigger[];
  readonly variables?: readonly VariableDeclaration[];
  readonly settings?: FlowSettings;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly Edge[];
  readonly notes?: readonly JsonObject[];
}

export interface FlowNode {
  readonly id: NodeId;
  readonly type: string;
  /** Written into the stored flow when left out in an upload: the newest is meant. */
  readonly version?: number;
  readonly name?: string;
  readonly remark?: string;
  readonly params: JsonObject;
  /** Texts in other languages: language → JSON Pointer into `params` → text. */
  readonly locales?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly position?: { readonly x: number; readonly y: number };
}

/** At most one edge leaves a port; a port without an edge ends the flow there. */
export interface Edge {
  readonly from: NodeId;
  readonly port: string;
  readonly to: NodeId;
}

export type VariableType = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'object';

export interface VariableDeclaration {
  readonly name: string;
  readonly type: VariableType;
  readonly default?: Json;
  /** May be set by a trigger call, a campaign or a calling flow. */
  readonly input?: boolean;
  readonly required?: boolean;
  readonly title?: string;
}

export interface FlowSettings {
  /** Sent when a run ends by anything but a send. */
  readonly onError?: string;
  /** Steps in one turn over all frames; 100 when absent. */
  readonly maxSteps?: number;
  readonly timeZone?: string;
  readonly locale?: string;
  readonly campaignVariables?: boolean;
}

/** What the starting trigger does when the contact already has a foreground run. */
export type OnBusy = 'ignore' | 'interrupt' | 'queue' | 'background';

export type Trigger = ManualTrigger | MessageTrigger | FlowTrigger;
export interface ManualTrigger {
  readonly type: 'TriggeredManually';
  readonly onBusy?: OnBusy;
}
export interface MessageTrigger {
  readonly type: 'TriggeredByWhatsApp' | 'TriggeredByViber';
  /** Members are alternatives; no match at all means any message. */
  readonly match?: TriggerMatch;
  readonly priority?: number;
  readonly onBusy?: Exclude<OnBusy, 'queue'>;
}
export interface FlowTrigger {
  readonly type: 'TriggeredByFlow';
}
export interface TriggerMatch {
  readonly keywords?: readonly string[];
  readonly keywordMode?: 'firstWord' | 'onlyWord' | 'anywhere';
  readonly regex?: string;
  readonly messageTypes?: readonly string[];
  readonly referral?: true | { readonly sourceId: string };
  /** What stood behind the link that opened the chat (Viber). */
  readonly contexts?: readonly string[];
  /** `linked`: the person joined this platform by a link of ours. */
  readonly events?: readonly ('conversation_started' | 'subscribed' | 'linked')[];
}

/** The platform that a message trigger listens on. */
export const TRIGGER_PLATFORM: Readonly<Record<MessageTrigger['type'], Platform>> = {
  TriggeredByWhatsApp: 'whatsapp',
  TriggeredByViber: 'viber',
};

/** A message trigger, told from the others. */
export function isMessageTrigger(trigger: Trigger): trigger is MessageTrigger {
  return trigger.type === 'TriggeredByWhatsApp' || trigger.type === 'TriggeredByViber';
}

/** `welcome@3`: how a published version is named in registries, positions and the journal. */
export type ProgramKey = string;
export function programKey(flow: FlowCode, version: number): ProgramKey {
  return `${flow}@${version}`;
}

/** Something wrong in what was given: where, which node, and how to mend it. Warnings do not stop a publish. */
export interface Problem {
  /** JSON Pointer (RFC 6901) into what was given; the pointer of a missing member names it. */
  readonly pointer: string;
  /** From docs/errors.md. */
  readonly code: string;
  readonly node?: NodeId;
  readonly message: string;
  readonly hint: string;
  readonly severity: 'error' | 'warning';
}
