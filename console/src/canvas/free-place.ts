import type { FlowDefinition, FlowNode } from '../../../src/contract/index.js';
import type { Place } from '../editor/view.js';

/** What a card takes on the canvas. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** How large the nodes of the flow are drawn, and how large the new one. */
export interface Extents {
  readonly drawnOf: (node: FlowNode) => { readonly size: Extent };
  readonly size: Extent;
}

/** The space between cards, and the grid on which nodes stand. */
export const GAP = { x: 72, y: 32 } as const;
export const GRID = 8;

/** Returns the place itself if a card fits there, else the next one below it that is free; on the grid. */
export function freePlace(flow: FlowDefinition, { x, y }: Place, { drawnOf, size }: Extents): Place {
  const left = onGrid(x);
  const above = flow.nodes
    .map((node) => ({ ...(node.position ?? { x: 0, y: 0 }), ...drawnOf(node).size }))
    .filter((card) => card.x < left + size.width + GRID && card.x + card.width + GRID > left)
    .sort((a, b) => a.y - b.y);
  let top = onGrid(y);
  for (const card of above) {
    const isFree = card.y >= top + size.height + GRID || card.y + card.height + GRID <= top;
    if (!isFree) top = onGrid(card.y + card.height + GAP.y);
  }
  return { x: left, y: top };
}

/** Returns the nearest place of the grid. */
function onGrid(length: number): number {
  return Math.round(length / GRID) * GRID;
}
