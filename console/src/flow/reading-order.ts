import type { FlowDefinition, NodeId } from '../../../src/contract/flow.js';
import type { NodeDescriptors } from '../api/descriptors.js';
import { walkFlow } from './walk.js';

/** Returns the ids of all nodes in the order in which Tab goes through them: as one reads the flow, each way to its end. */
export function readingOrder(flow: FlowDefinition, descriptors: NodeDescriptors): readonly NodeId[] {
  return walkFlow(flow, descriptors).order;
}

/** Where Alt and an arrow lead. */
export type Direction = 'right' | 'left' | 'up' | 'down';

/** A step from a node. */
export interface Step {
  readonly from: NodeId;
  readonly direction: Direction;
}

/**
 * Returns the node to which an arrow leads along the edges, if there is one: right follows the first port with an edge, left goes to the first
 * node, in reading order, from which an edge comes. Up and down lead to the other nodes after that one, in the order of its ports.
 */
export function neighbour(flow: FlowDefinition, { from, direction }: Step, descriptors: NodeDescriptors): NodeId | undefined {
  const { order, leaving } = walkFlow(flow, descriptors);
  const after = (id: NodeId) => [...new Set((leaving.get(id) ?? []).map(({ to }) => to))];
  if (direction === 'right') return after(from).find((id) => id !== from);
  const before = order.find((id) => id !== from && after(id).includes(from));
  if (direction === 'left' || before === undefined) return direction === 'left' ? before : undefined;
  const siblings = after(before);
  return siblings[siblings.indexOf(from) + (direction === 'down' ? 1 : -1)];
}
