import { type NodeHandle, Position } from '@xyflow/react';
import type { Edge, FlowNode, PortKind } from '../../../src/contract/index.js';
import type { NodeDescriptors } from '../api/descriptors.js';
import { type Card, cardOf } from '../flow/card.js';
import type { Say } from '../flow/say.js';
import { type Measure, type Size, sizeOf } from '../flow/size.js';

/** What is drawn of a node: it follows from the node, its type and the ports that its edges leave by. */
export interface Drawn {
  readonly card: Card;
  readonly size: Size;
  readonly handles: NodeHandle[];
  readonly kinds: ReadonlyMap<string, PortKind>;
}

/** Returns what is drawn of a node, the same object for the same node. */
export type DrawnOf = (node: FlowNode, leaving?: readonly Edge[]) => Drawn;

/** The dot of a port, and where edges enter, in pixels. */
const DOT = 10;

/** Returns the function that says what is drawn of the nodes of a flow. */
export function createDrawnOf(nodeTypes: NodeDescriptors, say: Say, measure: Measure): DrawnOf {
  const known = new WeakMap<FlowNode, { readonly ports: string; readonly drawn: Drawn }>();
  return (node, leaving = []) => {
    const ports = leaving.map(({ port }) => port).join('\n');
    const before = known.get(node);
    if (before?.ports === ports) return before.drawn;
    const card = cardOf(node, { descriptor: nodeTypes.get(node.type), edges: leaving, say });
    const drawn = drawnAs(card, sizeOf(card, measure), nodeTypes.get(node.type)?.startsFlow !== true);
    known.set(node, { ports, drawn });
    return drawn;
  };
}

function drawnAs(card: Card, size: Size, isEntered: boolean): Drawn {
  const ports = [...(card.head ? [card.head] : []), ...card.rows, ...card.failures];
  const kinds = new Map(ports.map(({ name, kind }) => [name, kind]));
  const ways = [...size.handles].map(
    ([id, { x, y }]): NodeHandle => ({
      id,
      type: 'source',
      position: kinds.get(id) === 'failure' ? Position.Bottom : Position.Right,
      x: x - DOT / 2,
      y: y - DOT / 2,
      width: DOT,
      height: DOT,
    }),
  );
  const { x, y } = size.entry;
  const entry: NodeHandle = { id: null, type: 'target', position: Position.Left, x: x - 2, y: y - DOT / 2, width: 2, height: DOT };
  return { card, size, kinds, handles: isEntered ? [...ways, entry] : ways };
}

/** Returns a function that measures texts as the browser draws them. Widths of words are kept: flows repeat them. */
export function browserMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  const known = new Map<string, number>();
  return (text, font) => {
    const key = `${font}\n${text}`;
    const before = known.get(key);
    if (before !== undefined || !context) return before ?? text.length * 7;
    context.font = font;
    const { width } = context.measureText(text);
    if (known.size < 20_000) known.set(key, width);
    return width;
  };
}
