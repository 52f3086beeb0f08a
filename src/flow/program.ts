import type Joi from 'joi';
import type { AnyNodeType, FlowCode, FlowDefinition, NodeId, ProgramKey, Vars } from '../contract/index.js';
import type { Patterns } from '../params/pattern.js';
import type { Templates } from '../template/templates.js';
import type { Description } from './walk-schema.js';

/** A published version made ready to run: checked params, edges by port, templates that keep what they parsed. Never changes. */
export interface Program {
  readonly key: ProgramKey;
  readonly code: FlowCode;
  readonly version: number;
  readonly definition: FlowDefinition;
  readonly start: NodeId;
  readonly nodes: ReadonlyMap<NodeId, ProgramNode>;
  /** Every declared variable with its default (null without one), typed. */
  readonly defaults: Vars;
  readonly settings: {
    readonly onError?: string;
    readonly maxSteps: number;
    readonly timeZone: string;
    readonly locale?: string;
  };
  /** Variables that only nodes set that wait for messages: they keep what a person sent. */
  readonly answers: ReadonlySet<string>;
  /** Some node waits for messages: such a flow cannot run in the background. */
  readonly waitsForMessages: boolean;
  readonly templates: Templates;
  readonly patterns: Patterns;
}

export interface ProgramNode {
  readonly id: NodeId;
  readonly type: AnyNodeType;
  readonly edges: ReadonlyMap<string, NodeId>;
  /** The params with the texts of this language, else of the flow's locale, else as drawn. */
  params(language?: string): unknown;
}

/** What a turn may know of the published flows: a snapshot that stays the same through the turn. */
export interface Programs {
  get(key: ProgramKey): Program | undefined;
  /** The node type that a version needs and this host does not have; undefined where it has all of them. */
  lacks?(key: ProgramKey): string | undefined;
  /** The version of a flow that is ONLINE. */
  online(code: FlowCode): Program | undefined;
}

/** The types that flows may use, by type and version. */
export interface NodeTypes {
  get(type: string, version?: number): AnyNodeType | undefined;
  readonly all: readonly AnyNodeType[];
  /** Describes the schema of some params, each schema once. */
  describe(params: Joi.Schema): Description;
  /** The regular expressions of all programs that are made with these types. */
  readonly patterns: Patterns;
}
