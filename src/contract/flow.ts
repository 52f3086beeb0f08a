import type { Json, JsonObject } from './json.js';
import type { Platform } from './message.js';

/** The code that names a flow in URLs and in the store: `[a-z0-9][a-z0-9-]{0,63}`. */
export type FlowCode = string;
/** The id of a node, unique in its flow and stable while the flow is edited: `[A-Za-z0-9_-]{1,64}`. */
export type NodeId = string;

/** A flow file in the format `parley/1`, as it is uploaded and exported. Members named `x-…` are kept unchanged in every object. */
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
  /** The version of the node type. If an upload leaves it out, the newest version is written into the stored flow. */
  readonly version?: number;
  readonly name?: string;
  readonly remark?: string;
  readonly params: JsonObject;
  /** Texts in other languages: by language, then by JSON Pointer into `params`. */
  readonly locales?: Locales;
  /** The texts in `params` that the translations were made from, in the same form. A text that is another one now was changed since. */
  readonly translatedFrom?: Locales;
  readonly position?: { readonly x: number; readonly y: number };
}

/** Texts by language (BCP 47), then by JSON Pointer. */
export type Locales = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A connection from a port to a node. A port has at most one edge; a port without an edge ends the flow. */
export interface Edge {
  readonly from: NodeId;
  readonly port: string;
  readonly to: NodeId;
}

/** The types of variables with their titles. */
export const VARIABLE_TYPES = { text: 'Text', number: 'Number', boolean: 'Yes or no', date: 'Date', list: 'List', object: 'Object' };
export type VariableType = keyof typeof VARIABLE_TYPES;

export interface VariableDeclaration {
  readonly name: string;
  readonly type: VariableType;
  readonly default?: Json;
  /** True if a trigger call, a campaign or a calling flow may set it. */
  readonly input?: boolean;
  readonly required?: boolean;
  readonly title?: string;
}

export interface FlowSettings {
  /** A message to the contact if a run fails, unless a send failed. */
  readonly onError?: string;
  /** The maximum of nodes that a run may go through in one turn. Default: 100. */
  readonly maxSteps?: number;
  readonly timeZone?: string;
  readonly locale?: string;
  /** Texts of the settings in other languages: by language, then by JSON Pointer into the settings. */
  readonly locales?: Locales;
  /** The texts that the translations of the settings were made from. */
  readonly translatedFrom?: Locales;
  readonly campaignVariables?: boolean;
}

/** What a trigger does if the contact already has a foreground run. */
export type OnBusy = 'ignore' | 'interrupt' | 'queue' | 'background';

export type Trigger = ManualTrigger | MessageTrigger | FlowTrigger;
export interface ManualTrigger {
  readonly type: 'TriggeredManually';
  readonly onBusy?: OnBusy;
}
export interface MessageTrigger {
  readonly type: 'TriggeredByWhatsApp' | 'TriggeredByViber';
  /** Which messages start the flow: one of the members has to match. Default: any message. */
  readonly match?: TriggerMatch;
  readonly priority?: number;
  readonly onBusy?: Exclude<OnBusy, 'queue'>;
  /**
   * The keywords are heard in the middle of other flows, too: like `onBusy: 'interrupt'`, but not where the message chooses an answer that
   * the running flow offers.
   */
  readonly atAnyTime?: boolean;
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
  /** The `context` of the link that opened the chat (Viber). */
  readonly contexts?: readonly string[];
  /** `linked`: the person opened a link of ours to this platform. */
  readonly events?: readonly ('conversation_started' | 'subscribed' | 'linked')[];
}

/** The platform that a message trigger listens on. */
export const TRIGGER_PLATFORM: Readonly<Record<MessageTrigger['type'], Platform>> = {
  TriggeredByWhatsApp: 'whatsapp',
  TriggeredByViber: 'viber',
};

/** Returns true if the trigger is a message trigger. */
export function isMessageTrigger(trigger: Trigger): trigger is MessageTrigger {
  return trigger.type === 'TriggeredByWhatsApp' || trigger.type === 'TriggeredByViber';
}

/** The name of a published version in registries, positions and the journal, such as `welcome@3`. */
export type ProgramKey = string;
/** Returns the name of a published version. */
export function programKey(flow: FlowCode, version: number): ProgramKey {
  return `${flow}@${version}`;
}

/** Something wrong in a request or a flow: where it is, and what to do about it. Warnings do not prevent publishing. */
export interface Problem {
  /** JSON Pointer (RFC 6901) to the place. For a missing member, it points at where the member should be. */
  readonly pointer: string;
  /** One of the codes in docs/errors.md. */
  readonly code: string;
  readonly node?: NodeId;
  /** What is wrong. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
  readonly severity: 'error' | 'warning';
  /**
   * A JSON Patch (RFC 6902) of the flow file that mends it, where exactly one mend is sensible: it does what `hint` says. The mends of one
   * answer can be applied one after another, in the order of the problems.
   */
  readonly mend?: JsonPatch;
}

/** A JSON Patch: https://www.rfc-editor.org/rfc/rfc6902 */
export type JsonPatch = readonly JsonPatchStep[];
/** A step of a JSON Patch, of the operations that mends are made of. */
export type JsonPatchStep =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move'; readonly from: string; readonly path: string };

/** Something odd that happened in a turn, for the turn log. */
export interface Warning {
  /** One of the codes in docs/errors.md. */
  readonly code: string;
  readonly detail: string;
  readonly node?: NodeId;
}
