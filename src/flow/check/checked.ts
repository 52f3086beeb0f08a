import type Joi from 'joi';
import type {
  AdapterLimits,
  AnyNodeType,
  ChannelId,
  Edge,
  FlowCode,
  FlowNode,
  FlowSettings,
  Platform,
  Problem,
  Trigger,
  VariableDeclaration,
} from '../../contract/index.js';
import type { HeldField } from '../held-fields.js';
import type { NodeTypes } from '../program.js';
import type { FlowLanguages } from '../translations.js';
import type { VariableShapes } from '../variables/variable-shapes.js';
import type { Effort } from './effort.js';
import type { ReadField } from './reading.js';

/** What the check knows of the installation. */
export interface CheckWorld {
  readonly nodeTypes: NodeTypes;
  /** See `CheckScope`; `channelLimits` makes it. */
  readonly limits: (platform: Platform) => readonly AdapterLimits[];
  /** Returns whether a secret is set. */
  readonly secrets?: (name: string) => boolean;
  /** Returns whether a value of the installation is set. */
  readonly constants?: (name: string) => boolean;
  /** Returns whether `OUTBOUND_ALLOW` allows a private address. Undefined if the host's settings are not known here. */
  readonly mayCall?: (address: string) => boolean;
  /** Returns whether a setting of the host is set. Undefined if the host's settings are not known here. */
  readonly hasSetting?: (name: string) => boolean;
  /** Finds STOP words of the channels on a platform that the flow is bound to. Undefined: those of channels that set none. */
  readonly stopWords?: (platform: Platform) => ((keyword: string) => boolean) | undefined;
  /** The setting `TIME_ZONE`: the time zone of flows that have none. */
  readonly timeZone?: string;
  /** Returns whether a flow is ONLINE and may be called, and with a manual trigger also started; undefined if that is not known here. */
  readonly flows?: (code: FlowCode) => 'startable' | 'callable' | 'not-callable' | 'not-online' | undefined;
}

/** Returns what the check knows of the installation, for a flow that is bound to these channels. */
export type CheckWorldFor = (bound?: readonly ChannelId[]) => CheckWorld;

/** A member of one of the flow's lists with its JSON Pointer. Members of the wrong form are left out of the lists. */
export interface Drawn<T> {
  readonly item: T;
  readonly at: string;
}

/** A node with its type and its params. */
export interface KnownNode {
  readonly node: FlowNode;
  /** The node's JSON Pointer, such as `/nodes/3`. */
  readonly at: string;
  readonly type: AnyNodeType;
  /** The valid params with their defaults; undefined if the schema refuses them. */
  readonly params: unknown;
  /** Why the schema refuses the params. */
  readonly error?: Joi.ValidationError;
  /** The params even if they are invalid. Functions of the type may throw on them: call them through `attempt`. */
  readonly loose: unknown;
  /** The templates, expressions, patterns and names in the params. */
  readonly fields: readonly HeldField[];
}

/** The lists of a flow file that the checks read. */
export type ListName = 'nodes' | 'edges' | 'triggers' | 'variables';

/** A flow as the checks see it: the parts that have the right form, whatever the rest of the file is. */
export interface Checked {
  readonly world: CheckWorld;
  /** The code of the flow; undefined if the file has none. */
  readonly code?: FlowCode;
  readonly nodes: readonly Drawn<FlowNode>[];
  /** The nodes whose type is known. */
  readonly known: readonly KnownNode[];
  readonly edges: readonly Drawn<Edge>[];
  readonly triggers: readonly Drawn<Trigger>[];
  readonly variables: readonly Drawn<VariableDeclaration>[];
  readonly settings: FlowSettings;
  /** The JSON Pointers of nodes that have no member `params`. */
  readonly withoutParams: ReadonlySet<string>;
  /** Lists with members of the wrong form. They are incomplete, so nothing can be reported as missing in them. */
  readonly gaps: ReadonlySet<ListName>;
  /** The platforms that the flow can be on; empty if a call or another flow decides, or if a trigger has the wrong form. */
  readonly platforms: readonly Platform[];
  readonly effort: Effort;
  /** What is left for translations. They have their own, so that a flow in ten languages is checked like one in a single language. */
  readonly effortOfTranslations: Effort;
  /** Returns what is wrong with the text of a field, and the variables that it reads. */
  readonly read: (field: HeldField) => ReadField;
  readonly languages: FlowLanguages;
  /** What the variables hold, as far as it is known. */
  readonly shapes: VariableShapes;
}

/** One concern of the check. It never throws, whatever the params are. */
export type Check = (checked: Checked) => readonly Problem[];

/** Calls a function of a node type with params that may be invalid. Returns undefined if it throws. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Returns the variables that a node may set, as far as its params can be read. */
export function namesSetBy({ type, loose }: Pick<KnownNode, 'type' | 'loose'>): readonly string[] {
  const names: unknown = attempt(() => type.sets?.(loose));
  return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string' && name !== '') : [];
}
