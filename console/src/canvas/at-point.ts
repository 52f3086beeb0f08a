import type { Edge, FlowDefinition, NodeId } from '../../../src/contract/index.js';
import type { Place } from '../editor/view.js';

/** Returns the id that an edge has on the canvas: a port has one edge at most. */
export function edgeId({ from, port }: Pick<Edge, 'from' | 'port'>): string {
  return JSON.stringify([from, port]);
}

/** Returns the edge at a point of the window. */
export function edgeAt(flow: FlowDefinition, screen: Place): Edge | undefined {
  const id = elementAt(screen)?.closest<SVGGElement>('.react-flow__edge')?.dataset['id'];
  return id === undefined ? undefined : flow.edges.find((edge) => edgeId(edge) === id);
}

/** Returns the node whose card is at a point of the window. */
export function nodeAt(screen: Place): NodeId | undefined {
  return elementAt(screen)?.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
}

function elementAt({ x, y }: Place): Element | null {
  return document.elementFromPoint(x, y);
}
