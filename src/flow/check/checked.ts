import type Joi from 'joi';
import {
  type AdapterLimits,
  type AnyNodeType,
  type ChannelId,
  type Edge,
  type FlowCode,
  type FlowNode,
  type FlowSettings,
  type Platform,
  type PortRule,
  type Problem,
  portsOf,
  type Trigger,
  type VariableDeclaration,
} from '../../contract/index.js';
import type { HeldField } from '../held-fields.js';
import type { NodeTypes } from '../program.js';
import type { Effort } from './effort.js';
import type { Reading } from './reading.js';

/** What the check must know of the installation. */
export interface CheckWorld {
  readonly nodeTypes: NodeTypes;
  /** See `CheckScope`; `channelLimits` makes it. */
  readonly limits: (platform: Platform) => readonly AdapterLimits[];
  /** Whether a secret is set. */
  readonly secrets?: (name: string) => boolean;
  /** Whether `OUTBOUND_ALLOW` names a private address; undefined if the host's settings are not known here. */
  readonly mayCall?: (address: string) => boolean;
  /** Of flows that name none: the setting `TIME_ZONE`. */
  readonly timeZone?: string;
  /** Whether a flow is ONLINE and may be called; undefined if that is not known here. */
  readonly flows?: (code: FlowCode) => 'callable' | 'not-callable' | 'not-online' | undefined;
}

/** Returns what the check must know of the installation, for a flow that is bound to these channels. */
export type CheckWorldFor = (bound?: readonly ChannelId[]) => CheckWorld;

/** A member of one of the flow's lists, with its JSON Pointer: lists may have gaps where a member could not be read. */
export interface Drawn<T> {
  readonly item: T;
  readonly at: string;
}

/** A node with its type and its params, as far as they are right. */
export interface KnownNode {
  readonly node: FlowNode;
  /** The node's JSON Pointer, such as `/nodes/3`. */
  readonly at: string;
  readonly type: AnyNodeType;
  /** The valid params with their defaults; undefined if the schema refuses them. */
  readonly params: unknown;
  /** Why the schema refuses the params. */
  readonly error?: Joi.ValidationError;
  /** The params even if they are wrong. Functions of the type may throw on them: call them through `attempt`. */
  readonly loose: unknown;
  /** The texts in the params that mean more than themselves: templates, expressions, patterns. */
  readonly fields: readonly HeldField[];
}

/** The lists of a flow file that the checks read. */
export type ListName = 'nodes' | 'edges' | 'triggers' | 'variables';

/** A flow as the checks see it: everything that has the right form, however broken the rest of the file is. */
export interface Checked {
  readonly world: CheckWorld;
  readonly nodes: readonly Drawn<FlowNode>[];
  /** The nodes whose type is known. */
  readonly known: readonly KnownNode[];
  readonly edges: readonly Drawn<Edge>[];
  readonly triggers: readonly Drawn<Trigger>[];
  readonly variables: readonly Drawn<VariableDeclaration>[];
  readonly settings: FlowSettings;
  /** The JSON Pointers of nodes that have no member `params`. */
  readonly withoutParams: ReadonlySet<string>;
  /** Lists that have members which could not be read, so that nothing can be said of what they lack. */
  readonly gaps: ReadonlySet<ListName>;
  /** The platforms that the flow can be on; empty where a call or another flow decides, or where a trigger could not be read. */
  readonly platforms: readonly Platform[];
  readonly effort: Effort;
  /** Reads the text of a field: what is wrong with it, and the variables that it reads. */
  readonly read: (field: HeldField) => Reading;
}

/** The type of a node, of the newest version if its own is unknown. */
export function typeOf({ type, version }: FlowNode, { nodeTypes }: CheckWorld): KnownNode['type'] | undefined {
  return nodeTypes.get(type, version) ?? nodeTypes.get(type);
}

/** The names of the node types that have a property, for hints: `"start"`, or several with `or`. */
export function namesOfTypes({ nodeTypes }: CheckWorld, property: 'startsFlow' | 'endsFlow' | 'boundsLoops'): string {
  return nodeTypes.all
    .filter((type) => type[property])
    .map(({ type }) => `"${type}"`)
    .join(' or ');
}

/** The ports by which a node is left when nobody has answered in time. */
export function timeoutPorts({ type, params }: KnownNode): readonly string[] {
  const named = attempt(() => type.timeoutPorts?.(params));
  return named ?? portsOf(type.ports, params).flatMap(({ name, kind }) => (kind === 'time' ? [name] : []));
}

/** A port for the time-out that a param switches on: its name, and that of the param. */
export function timeoutBranch(rules: readonly PortRule[]): { readonly port: string; readonly param: string } | undefined {
  for (const rule of rules)
    if (!('each' in rule) && rule.kind === 'time' && typeof rule.when === 'string') return { port: rule.name, param: rule.when.slice(1) };
  return undefined;
}

/** One concern of the check. Total: it never throws, whatever the params hold. */
export type Check = (checked: Checked) => readonly Problem[];

/** The result of a function of a node type over params that may be wrong, or undefined if it throws on them. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
