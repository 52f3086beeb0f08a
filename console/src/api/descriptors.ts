import type { Field } from '../../../src/contract/form.js';
import type { JsonObject } from '../../../src/contract/json.js';
import type { PortRule } from '../../../src/contract/ports.js';

/** A node type, as `GET /api/node-types` answers: what the palette, the cards, the ports and the forms are made of. */
export interface NodeDescriptor {
  readonly type: string;
  readonly version: number;
  readonly title: string;
  /** What the node does. */
  readonly sentence: string;
  /** Further words by which a search finds the type. */
  readonly words: readonly string[];
  readonly group: NodeGroup;
  /** The name of an icon. */
  readonly icon: string;
  /** The ways out, the main one first. */
  readonly ports: readonly PortRule[];
  /** What a new node of this type has. */
  readonly blank: { readonly params: JsonObject };
  /** JSON Pointers to the params that a card shows. */
  readonly summary: readonly string[];
  /** True if runs begin at this node: every flow has exactly one. */
  readonly startsFlow?: true;
  /** True if the flow is over at this node. */
  readonly endsFlow?: true;
  /** The form of the params. */
  readonly form: Field;
}

/** What a node type is for: the palette is divided by it, and it gives a card its colour. */
export type NodeGroup = 'messaging' | 'core' | 'intelligence' | 'contact';

/** The node types that the host has, by `type`. */
export type NodeDescriptors = ReadonlyMap<string, NodeDescriptor>;
