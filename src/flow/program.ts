import type Joi from 'joi';
import type { AnyNodeType, FlowCode, FlowDefinition, NodeId, ProgramKey, Vars } from '../contract/index.js';
import type { Templates } from '../template/templates.js';
import type { Patterns } from '../text/pattern.js';
import type { Description } from './walk-schema.js';

/** A compiled version of a flow: validated params, edges by port, templates that are parsed once. It never changes. */
export interface Program {
  readonly key: ProgramKey;
  readonly code: FlowCode;
  readonly version: number;
  readonly definition: FlowDefinition;
  readonly start: NodeId;
  readonly nodes: ReadonlyMap<NodeId, ProgramNode>;
  /** Every declared variable with its default, converted to its type; null without a default. */
  readonly defaults: Vars;
  readonly settings: {
    readonly maxSteps: number;
    readonly timeZone: string;
    readonly locale?: string;
  };
  /** Returns the message to a person of this language if a run fails; undefined if the flow has none. */
  onError(language?: string): string | undefined;
  /** Returns the language in which a person of this language reads the flow: dates in its texts are written in it. */
  textLanguage(language?: string): string | undefined;
  /** Variables that are set only by nodes that wait for messages: they hold what a person has sent. */
  readonly answers: ReadonlySet<string>;
  /** Which of the values that have to be kept for it the flow reads. */
  readonly reads: { readonly transcript: boolean; readonly inputs: boolean };
  /** Whether a node waits for messages: such a flow cannot run in the background. */
  readonly waitsForMessages: boolean;
  readonly templates: Templates;
  readonly patterns: Patterns;
}

/** A node of a program. */
export interface ProgramNode {
  readonly id: NodeId;
  readonly type: AnyNodeType;
  /** Where each port with an edge leads. */
  readonly edges: ReadonlyMap<string, NodeId>;
  /** Returns the params in a language. Each text that has no translation is in the next language that `languageChain` gives. */
  params(language?: string): unknown;
}

/** The published flows, as one turn sees them. They stay the same throughout the turn. */
export interface Programs {
  get(key: ProgramKey): Program | undefined;
  /** Returns a node type that a version needs and this host does not have; undefined if it has all of them. */
  lacks?(key: ProgramKey): string | undefined;
  /** Returns the version of a flow that is ONLINE. */
  online(code: FlowCode): Program | undefined;
}

/** The node types that flows can use. */
export interface NodeTypes {
  /** Returns a version of a type; the newest one by default. */
  get(type: string, version?: number): AnyNodeType | undefined;
  /** The newest version of each type. */
  readonly all: readonly AnyNodeType[];
  /** Describes the schema of some params, each schema once. */
  describe(params: Joi.Schema): Description;
  /** The regular expressions of all programs that are made with these types. */
  readonly patterns: Patterns;
}
