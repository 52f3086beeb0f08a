import type { FlowDefinition, FlowNode, NodeId } from '../../../src/contract/flow.js';
import type { NodeDescriptors } from '../api/descriptors.js';
import type { Point } from './commands.js';
import type { Size } from './size.js';
import { walkFlow } from './walk.js';

/** What ELK lays out, as JSON for its worker. https://eclipse.dev/elk/documentation/tooldevelopers/graphdatastructure/jsonformat.html */
export interface ElkGraph {
  readonly id: string;
  readonly layoutOptions: ElkOptions;
  readonly children: readonly ElkNode[];
  readonly edges: readonly ElkEdge[];
}
type ElkOptions = Readonly<Record<string, string>>;
interface ElkNode {
  readonly id: NodeId;
  readonly width: number;
  readonly height: number;
  readonly layoutOptions: ElkOptions;
  readonly ports: readonly ElkPort[];
}
interface ElkPort {
  readonly id: string;
  readonly layoutOptions: ElkOptions;
}
interface ElkEdge {
  readonly id: string;
  readonly sources: readonly [string];
  readonly targets: readonly [string];
}

/** What ELK returns. */
export interface ElkResult {
  readonly children?: readonly { readonly id: string; readonly x?: number; readonly y?: number }[];
}

/** What is tidied up. */
export interface Tidying {
  readonly descriptors: NodeDescriptors;
  /** The sizes of the cards. */
  readonly sizes: ReadonlyMap<NodeId, Size>;
  /** The nodes that are laid out; all by default. */
  readonly only?: ReadonlySet<NodeId>;
}

const OPTIONS: ElkOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.thoroughness': '3',
  // From the start along the ports: the edges that lead back are those that a reader sees as leading back.
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.spacing.nodeNode': '48',
  'elk.layered.spacing.nodeNodeBetweenLayers': '88',
  'elk.spacing.componentComponent': '96',
};

/**
 * Returns the graph that ELK lays out to tidy up a flow: the conversation goes from left to right, ports stay in their order, failures leave
 * below. It does not depend on where the nodes are now.
 */
export function toElk(flow: FlowDefinition, { descriptors, sizes, only }: Tidying): ElkGraph {
  const { order } = walkFlow(flow, descriptors);
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  const laidOut = order.filter((id) => sizes.has(id) && (!only || only.has(id)));
  const children = laidOut.flatMap((id) => {
    const [node, size] = [nodes.get(id), sizes.get(id)];
    return node && size ? [elkNode(node, { size, isStart: descriptors.get(node.type)?.startsFlow === true })] : [];
  });
  const known = new Set(children.flatMap(({ ports }) => ports.map(({ id }) => id)));
  const edges = flow.edges.flatMap((edge, i): readonly ElkEdge[] => {
    const [source, target] = [portId(edge.from, edge.port), entryId(edge.to)];
    if (!known.has(source) || !known.has(target)) return [];
    return [{ id: `edge:${i}`, sources: [source], targets: [target] }];
  });
  return { id: 'flow:', layoutOptions: OPTIONS, children, edges };
}

function elkNode({ id }: FlowNode, { size, isStart }: { readonly size: Size; readonly isStart: boolean }): ElkNode {
  const { width, height, handles } = size;
  const right = [...handles].filter(([, at]) => at.y < height);
  // ELK counts ports clockwise: those below from right to left.
  const below = [...handles].filter(([, at]) => at.y >= height).toReversed();
  const ports = [
    ...right.map(([name]) => ({ name: portId(id, name), side: 'EAST' })),
    ...below.map(([name]) => ({ name: portId(id, name), side: 'SOUTH' })),
    { name: entryId(id), side: 'WEST' },
  ];
  return {
    id,
    width,
    height,
    layoutOptions: { 'elk.portConstraints': 'FIXED_ORDER', ...(isStart ? { 'elk.layered.layering.layerConstraint': 'FIRST' } : {}) },
    ports: ports.map(({ name, side }, i) => ({ id: name, layoutOptions: { 'elk.port.side': side, 'elk.port.index': String(i) } })),
  };
}

// Ids of nodes have no colon, so these are different from all of them.
function portId(node: NodeId, port: string): string {
  return `${node}:out:${port}`;
}

function entryId(node: NodeId): string {
  return `${node}:in`;
}

/**
 * Returns the new positions of nodes, for `moveNodes`. What one looks at stays where it is: the start of the flow, or the upper left corner of
 * the nodes if the start is not among them.
 */
export function positionsOf(result: ElkResult, flow: FlowDefinition, descriptors: NodeDescriptors): Readonly<Record<NodeId, Point>> {
  const placed = (result.children ?? []).map(({ id, x = 0, y = 0 }) => ({ id, x, y }));
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  const before = placed.flatMap(({ id }) => nodes.get(id)?.position ?? []);
  const start = placed.find(({ id }) => descriptors.get(nodes.get(id)?.type ?? '')?.startsFlow);
  const was = (start && nodes.get(start.id)?.position) ?? cornerOf(before);
  const is = start ?? cornerOf(placed);
  return Object.fromEntries(placed.map(({ id, x, y }) => [id, { x: x - is.x + was.x, y: y - is.y + was.y }]));
}

function cornerOf(points: readonly Point[]): Point {
  if (points.length === 0) return { x: 0, y: 0 };
  return points.reduce((corner, { x, y }) => ({ x: Math.min(corner.x, x), y: Math.min(corner.y, y) }), { x: Infinity, y: Infinity });
}
