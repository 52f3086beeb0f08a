import type { Edge, FlowDefinition, NodeId } from '../../../src/contract/flow.js';
import type { NodeDescriptors } from '../api/descriptors.js';
import { edgesByNode, portsOfNode } from './ports.js';

/** A flow as one reads it. */
export interface Walk {
  /** All nodes: each way is followed to its end before the next one. Nodes that cannot be reached from the start are last. */
  readonly order: readonly NodeId[];
  /** The edges that leave each node, in the order of its ports. */
  readonly leaving: ReadonlyMap<NodeId, readonly Edge[]>;
}

/** Follows the edges of a flow from its start, the ports of each node in their order. */
export function walkFlow(flow: FlowDefinition, descriptors: NodeDescriptors): Walk {
  const leaving = edgesInPortOrder(flow, descriptors);
  const seen = new Set<NodeId>();
  for (const root of rootsOf(flow, descriptors)) walkFrom(root, { leaving, seen });
  return { order: [...seen], leaving };
}

/** The start; then nodes that no edge leads to, and at last all, for circles that nothing leads to. */
function rootsOf({ nodes, edges }: FlowDefinition, descriptors: NodeDescriptors): readonly NodeId[] {
  const entered = new Set(edges.map(({ to }) => to));
  const starts = nodes.filter(({ type }) => descriptors.get(type)?.startsFlow);
  return [...starts, ...nodes.filter(({ id }) => !entered.has(id)), ...nodes].map(({ id }) => id);
}

interface Walking {
  readonly leaving: ReadonlyMap<NodeId, readonly Edge[]>;
  readonly seen: Set<NodeId>;
}

/** Goes without recursion, because a flow can be a chain of 5 000 nodes. */
function walkFrom(root: NodeId, { leaving, seen }: Walking): void {
  if (seen.has(root)) return;
  const path = [{ id: root, next: 0 }];
  seen.add(root);
  for (let step = path.at(-1); step; step = path.at(-1)) {
    const edge = leaving.get(step.id)?.[step.next++];
    if (!edge) path.pop();
    else if (!seen.has(edge.to)) {
      seen.add(edge.to);
      path.push({ id: edge.to, next: 0 });
    }
  }
}

/** Edges to nodes that are missing are left out. */
function edgesInPortOrder({ nodes, edges }: FlowDefinition, descriptors: NodeDescriptors): Walk['leaving'] {
  const ids = new Set(nodes.map(({ id }) => id));
  const byNode = edgesByNode(edges.filter(({ from, to }) => ids.has(from) && ids.has(to)));
  return new Map(
    nodes.map((node) => {
      const own = byNode.get(node.id) ?? [];
      if (own.length < 2) return [node.id, own];
      const ports = new Map(portsOfNode(node, descriptors.get(node.type), own).map(({ name }, i) => [name, i]));
      return [node.id, own.toSorted((a, b) => (ports.get(a.port) ?? 0) - (ports.get(b.port) ?? 0))];
    }),
  );
}
