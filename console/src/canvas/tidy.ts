import Elk, { type ElkNode } from 'elkjs/lib/elk-api.js';
// A file of its own, because the content policy allows workers of this host alone.
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import type { FlowDefinition, NodeId } from '../../../src/contract/index.js';
import type { NodeDescriptors } from '../api/descriptors.js';
import type { Point } from '../flow/commands.js';
import { positionsOf, type Tidying, toElk } from '../flow/layout.js';
import { edgesByNode } from '../flow/ports.js';
import type { DrawnOf } from './drawn.js';

/** The positions of nodes after tidying up. */
export type Positions = Readonly<Record<NodeId, Point>>;

let elk: InstanceType<typeof Elk.default> | undefined;

/** Computes where nodes stand when a flow is tidied up, in a worker: all of them, or these alone. */
export async function tidyPositions(
  flow: FlowDefinition,
  { nodeTypes, drawnOf, only }: { readonly nodeTypes: NodeDescriptors; readonly drawnOf: DrawnOf; readonly only?: ReadonlySet<NodeId> },
): Promise<Positions> {
  elk ??= new Elk.default({ workerFactory: () => new Worker(workerUrl) });
  const leaving = edgesByNode(flow.edges);
  const sizes: Tidying['sizes'] = new Map(flow.nodes.map((node) => [node.id, drawnOf(node, leaving.get(node.id)).size]));
  const graph = toElk(flow, { descriptors: nodeTypes, sizes, ...(only ? { only } : {}) });
  // The worker gets a copy: its types do not say that it changes nothing.
  const result = await elk.layout(graph as unknown as ElkNode);
  return positionsOf(result, flow, nodeTypes);
}
