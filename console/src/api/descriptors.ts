import type { NodeType } from './answers.js';

/** A node type, as `GET /api/node-types` answers: what the palette, the cards, the ports and the forms are made of. */
export type NodeDescriptor = NodeType;

/** What a node type is for: the palette is divided by it, and it gives a card its colour. */
export type NodeGroup = NodeType['group'];

/** The node types that the host has, by `type`. */
export type NodeDescriptors = ReadonlyMap<string, NodeDescriptor>;
