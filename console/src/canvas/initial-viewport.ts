import type { EditorParts } from '../editor/editor-context.js';
import type { Place } from '../editor/view.js';
import type { Drawn } from './drawn.js';
import type { Extent } from './free-place.js';

/** What is seen of the canvas: where its origin is in the window, and how large everything is. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** A card on the canvas. */
export type Placed = Place & Extent;

/** How far away one can go: 1 000 nodes can be seen at once. */
export const MIN_ZOOM = 0.04;
/** The smallest zoom at which a whole flow is shown, and the zoom at which one begins else. */
const WHOLE = 0.6;
const BEGIN = 0.85;
const MARGIN = 60;

/**
 * Returns what is seen of a flow when it is opened for the first time: the whole flow if it can be read so, else its beginning, at the left.
 *
 * @param start - the card where the flow begins
 */
export function initialViewport(cards: readonly Placed[], start: Placed | undefined, window: Extent): Viewport {
  if (cards.length === 0) return { x: window.width / 2, y: window.height / 2, zoom: 1 };
  const bounds = boundsOf(cards);
  const zoom = Math.min(1, (window.width - 2 * MARGIN) / bounds.width, (window.height - 2 * MARGIN) / bounds.height);
  if (zoom >= WHOLE || !start)
    return {
      x: window.width / 2 - (bounds.x + bounds.width / 2) * zoom,
      y: window.height / 2 - (bounds.y + bounds.height / 2) * zoom,
      zoom,
    };
  return { x: MARGIN - start.x * BEGIN, y: window.height / 2 - (start.y + start.height / 2) * BEGIN, zoom: BEGIN };
}

/** Returns the smallest rectangle around cards. */
export function boundsOf(cards: readonly Placed[]): Placed {
  const [x, y] = [Math.min(...cards.map((card) => card.x)), Math.min(...cards.map((card) => card.y))];
  return {
    x,
    y,
    width: Math.max(...cards.map((card) => card.x + card.width)) - x,
    height: Math.max(...cards.map((card) => card.y + card.height)) - y,
  };
}

/** Returns what is seen of a flow when it is opened for the first time. */
export function firstViewport({ store, nodeTypes, drawnOf }: EditorParts, window: Extent): Viewport {
  const { nodes } = store.getState().flow;
  const cards = nodes.map((node) => ({ node, ...(node.position ?? { x: 0, y: 0 }), ...sizeIn(drawnOf(node)) }));
  const start = cards.find(({ node }) => nodeTypes.get(node.type)?.startsFlow);
  return initialViewport(cards, start, window);
}

function sizeIn({ size: { width, height } }: Drawn): Extent {
  return { width, height };
}
