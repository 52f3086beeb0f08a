import type { Node as CanvasNode } from '@xyflow/react';
import type { Edge, FlowDefinition, FlowNode, NodeId, PortKind, Problem } from '../../../src/contract/index.js';
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
  const [cards, edges] = [remembered(cardModel), remembered(edgeModel)];
  const [cardList, edgeList] = [rememberedList<CardModel>(), rememberedList<FlowEdgeModel>()];
  return (shown) => {
    const { flow, selection, problems, moved, found, edge: selectedEdge } = shown;
    const [selected, leaving, counts] = [new Set(selection), edgesByNode(flow.edges), countsOf(problems)];
    const isFaded = (id: NodeId) => found !== undefined && !found.has(id);
    const drawn = new Map(flow.nodes.map((node) => [node.id, drawnOf(node, leaving.get(node.id))]));
    const nodes = flow.nodes.map((node) =>
      cards(node.id, {
        node,
        drawn: drawn.get(node.id) ?? drawnOf(node),
        ...counts(node.id),
        linked: (leaving.get(node.id) ?? []).map(({ port }) => port).join('\n'),
        isSelected: selected.has(node.id),
        isFaded: isFaded(node.id),
        at: moved.get(node.id),
      }),
    );
    const lines = flow.edges.flatMap((edge) => {
      const ends = endsOf(edge, drawn);
      if (!ends) return [];
      const isSelected = edge.from === selectedEdge?.from && edge.port === selectedEdge.port;
      return edges(edgeId(edge), { edge, ...ends, isSelected, isFaded: isFaded(edge.from) || isFaded(edge.to) });
    });
    return { nodes: cardList(nodes), edges: edgeList(lines) };
  };
}

interface CardParts extends Counts {
  readonly node: FlowNode;
  readonly drawn: Drawn;
  /** The ports that have an edge, a line each. */
  readonly linked: string;
  readonly isSelected: boolean;
  readonly isFaded: boolean;
  /** Where it is dragged to. */
  readonly at: Place | undefined;
}

function cardModel({ node, drawn, errors, warnings, linked, isSelected, isFaded, at }: CardParts): CardModel {
  const { card, size, handles } = drawn;
  const extent = { width: size.width, height: size.height };
  return {
    id: node.id,
    type: 'card',
    position: at ?? node.position ?? { x: 0, y: 0 },
    selected: isSelected,
    ariaLabel: [card.title, card.typeTitle].filter(Boolean).join(', '),
    ...extent,
    measured: extent,
    handles,
    ...(isFaded ? { className: 'is-faded' } : {}),
    data: { node, drawn, errors, warnings, linked: new Set(linked.split('\n')) },
  };
}

/** Where an edge leaves a card and enters the other, and how high the two are. */
interface EdgeEnds {
  /** For screen readers: the two names. */
  readonly label: string;
  readonly kind: PortKind;
  readonly leavesAt: number;
  readonly fromHeight: number;
  readonly entersAt: number;
  readonly toHeight: number;
}

/** An edge from a port, or to a node, that is not there is not drawn. */
function endsOf({ from, port, to }: Edge, drawn: ReadonlyMap<NodeId, Drawn>): EdgeEnds | undefined {
  const [source, target] = [drawn.get(from), drawn.get(to)];
  const start = source?.size.handles.get(port);
  if (!source || !target || !start) return undefined;
  const kind = source.kinds.get(port) ?? 'way';
  const label = `${source.card.title} → ${target.card.title}`;
  return { label, kind, leavesAt: start.y, fromHeight: source.size.height, entersAt: target.size.entry.y, toHeight: target.size.height };
}

interface EdgeParts extends EdgeEnds {
  readonly edge: Edge;
  readonly isSelected: boolean;
  readonly isFaded: boolean;
}

function edgeModel({ edge, label, kind, leavesAt, fromHeight, entersAt, toHeight, isSelected, isFaded }: EdgeParts): FlowEdgeModel {
  return {
    id: edgeId(edge),
    type: 'flow',
    ariaRole: 'group',
    ariaLabel: label,
    source: edge.from,
    sourceHandle: edge.port,
    target: edge.to,
    selected: isSelected,
    ...(isFaded ? { className: 'is-faded' } : {}),
    data: {
      edge,
      kind,
      from: { above: leavesAt, below: fromHeight - leavesAt },
      to: { above: entersAt, below: toHeight - entersAt },
    },
  };
}

/** Returns a function that makes a model again only if one of its parts is another than before. */
function remembered<Parts extends object, T>(make: (parts: Parts) => T): (id: string, parts: Parts) => T {
  const known = new Map<string, { readonly parts: Parts; readonly model: T }>();
  return (id, parts) => {
    const before = known.get(id);
    if (before && Object.entries(parts).every(([name, part]) => Reflect.get(before.parts, name) === part)) return before.model;
    const model = make(parts);
    known.set(id, { parts, model });
    return model;
  };
}

/** Returns a function that returns the list of before if its members are the same: the canvas looks at every edge of a new list. */
function rememberedList<T>(): (list: T[]) => T[] {
  let before: T[] = [];
  return (list) => {
    if (list.length !== before.length || list.some((one, i) => one !== before[i])) before = list;
    return before;
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
