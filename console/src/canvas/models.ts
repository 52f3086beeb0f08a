import type { Node as CanvasNode } from '@xyflow/react';
import type { Edge, FlowDefinition, FlowNode, NodeId, Problem } from '../../../src/contract/index.js';
import type { Place } from '../editor/view.js';
import { edgesByNode } from '../flow/ports.js';
import { edgeId } from './at-point.js';
import type { Drawn, DrawnOf } from './drawn.js';
import type { FlowEdgeModel } from './FlowEdge.js';

/** A card on the canvas. */
export type CardModel = CanvasNode<
  {
    readonly node: FlowNode;
    readonly drawn: Drawn;
    readonly errors: number;
    readonly warnings: number;
    /** The ports that have an edge. */
    readonly linked: ReadonlySet<string>;
  },
  'card'
>;

/** What the cards and edges are made of. */
export interface Shown {
  readonly flow: FlowDefinition;
  readonly selection: readonly NodeId[];
  readonly problems: readonly Problem[];
  /** Where nodes are while they are dragged. */
  readonly moved: ReadonlyMap<NodeId, Place>;
  /** The nodes that a search found; the others fade. */
  readonly found: ReadonlySet<NodeId> | undefined;
  readonly edge: Edge | undefined;
}

export interface Models {
  readonly nodes: CardModel[];
  readonly edges: FlowEdgeModel[];
}

/**
 * Returns a function that computes the cards and edges of a flow. What is as it was before is the same object: with 500 nodes, a keystroke
 * draws one card again.
 */
export function createModels(drawnOf: DrawnOf): (shown: Shown) => Models {
  const [cards, edges] = [remembered<CardModel>(), remembered<FlowEdgeModel>()];
  return ({ flow, selection, problems, moved, found, edge: selectedEdge }) => {
    const [selected, leaving, counts] = [new Set(selection), edgesByNode(flow.edges), countsOf(problems)];
    const drawn = new Map(flow.nodes.map((node) => [node.id, drawnOf(node, leaving.get(node.id))]));
    const isFaded = (id: NodeId) => found !== undefined && !found.has(id);
    const nodes = flow.nodes.map((node) => {
      const { errors, warnings } = counts(node.id);
      const out = leaving.get(node.id);
      const look = drawn.get(node.id) ?? drawnOf(node, out);
      const linked = (out ?? []).map(({ port }) => port).join('\n');
      return cards(node.id, [node, look, selected.has(node.id), moved.get(node.id), errors, warnings, linked, isFaded(node.id)], () => ({
        id: node.id,
        type: 'card',
        position: moved.get(node.id) ?? node.position ?? { x: 0, y: 0 },
        selected: selected.has(node.id),
        ariaLabel: [look.card.title, look.card.typeTitle].filter(Boolean).join(', '),
        width: look.size.width,
        height: look.size.height,
        measured: { width: look.size.width, height: look.size.height },
        handles: look.handles,
        ...(isFaded(node.id) ? { className: 'is-faded' } : {}),
        data: { node, drawn: look, errors, warnings, linked: new Set(linked.split('\n')) },
      }));
    });
    const lines = flow.edges.flatMap((edge) => {
      const [from, to] = [drawn.get(edge.from), drawn.get(edge.to)];
      const start = from?.size.handles.get(edge.port);
      if (!from || !to || !start) return [];
      const isSelected = edge.from === selectedEdge?.from && edge.port === selectedEdge.port;
      return edges(edgeId(edge), [edge, from, to, isSelected, isFaded(edge.from) || isFaded(edge.to)], () => ({
        id: edgeId(edge),
        type: 'flow',
        source: edge.from,
        sourceHandle: edge.port,
        target: edge.to,
        selected: isSelected,
        ...(isFaded(edge.from) || isFaded(edge.to) ? { className: 'is-faded' } : {}),
        data: {
          edge,
          kind: from.kinds.get(edge.port) ?? 'way',
          from: { above: start.y, below: from.size.height - start.y },
          to: { above: to.size.entry.y, below: to.size.height - to.size.entry.y },
        },
      }));
    });
    return { nodes, edges: lines };
  };
}

/** Returns a function that makes a model only if one of the things that it is made of is another than before. */
function remembered<T>(): (id: string, madeOf: readonly unknown[], make: () => T) => T {
  const known = new Map<string, { readonly madeOf: readonly unknown[]; readonly model: T }>();
  return (id, madeOf, make) => {
    const before = known.get(id);
    if (before?.madeOf.every((part, i) => part === madeOf[i])) return before.model;
    const model = make();
    known.set(id, { madeOf, model });
    return model;
  };
}

interface Counts {
  readonly errors: number;
  readonly warnings: number;
}
const NO_PROBLEMS: Counts = { errors: 0, warnings: 0 };

/** Returns a function that says how many errors and warnings a node has. */
function countsOf(problems: readonly Problem[]): (id: NodeId) => Counts {
  const counts = new Map<NodeId, Counts>();
  for (const { node, severity } of problems) {
    if (node === undefined) continue;
    const { errors, warnings } = counts.get(node) ?? NO_PROBLEMS;
    counts.set(node, severity === 'error' ? { errors: errors + 1, warnings } : { errors, warnings: warnings + 1 });
  }
  return (id) => counts.get(id) ?? NO_PROBLEMS;
}
