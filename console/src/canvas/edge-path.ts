import type { PortKind } from '../../../src/contract/index.js';

/** The two ends of an edge and how far the cards at them reach down, all in units of the canvas. */
export interface EdgeEnds {
  readonly kind: PortKind;
  readonly from: Spot;
  readonly to: Spot;
}

/** Where an edge touches a card, and where the upper and the lower border of the card are. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly top: number;
  readonly bottom: number;
}

/** The line of an edge as an SVG path, and where the button that adds a node stands on it. */
export interface EdgePath {
  readonly path: string;
  readonly middle: { readonly x: number; readonly y: number };
}

/** How far an edge leaves a card before it turns, and how round its corners are. */
const STUB = 24;
const ROUND = 12;
/** How far below the cards an edge runs back. */
const BELOW = 28;

/**
 * Returns the line of an edge: a curve to the right; where it leads back, down below both cards and up again, or between them if one stands
 * below the other.
 */
export function edgePath({ kind, from, to }: EdgeEnds): EdgePath {
  if (kind === 'failure') return failurePath(from, to);
  if (to.x < from.x + STUB / 2) return backPath(from, to);
  const reach = Math.max(STUB, Math.min(220, (to.x - from.x) / 2));
  const path = `M${from.x},${from.y} C${from.x + reach},${from.y} ${to.x - reach},${to.y} ${to.x},${to.y}`;
  return { path, middle: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 } };
}

function backPath(from: Spot, to: Spot): EdgePath {
  const low = between(from, to) ?? Math.max(from.bottom, to.bottom) + BELOW;
  const [right, left] = [from.x + STUB, to.x - STUB];
  return {
    path: rounded([from, { x: right, y: from.y }, { x: right, y: low }, { x: left, y: low }, { x: left, y: to.y }, to]),
    middle: { x: (right + left) / 2, y: low },
  };
}

/** Returns the middle of the space between two cards that stand one below the other. */
function between(from: Spot, to: Spot): number | undefined {
  if (to.top - from.bottom >= BELOW) return (from.bottom + to.top) / 2;
  return from.top - to.bottom >= BELOW ? (from.top + to.bottom) / 2 : undefined;
}

/**
 * A failure leaves a card at its lower border: straight down to a card that stands below, else below its own card until it is before the
 * other one.
 */
function failurePath(from: Spot, to: Spot): EdgePath {
  const left = to.x - STUB;
  if (left <= from.x + STUB && to.x > from.x && to.y > from.y + BELOW) {
    return { path: rounded([from, { x: from.x, y: to.y }, to]), middle: { x: from.x, y: (from.y + to.y) / 2 } };
  }
  const isFree = left > from.x || to.top > from.y + BELOW;
  const low = isFree ? from.y + BELOW : Math.max(from.y, to.bottom) + BELOW;
  return {
    path: rounded([from, { x: from.x, y: low }, { x: left, y: low }, { x: left, y: to.y }, to]),
    middle: { x: (from.x + left) / 2, y: low },
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Joins points by straight lines with round corners. */
function rounded(points: readonly Point[]): string {
  return points
    .map((point, i) => {
      const [before, after] = [points[i - 1], points[i + 1]];
      if (!before) return `M${point.x},${point.y}`;
      if (!after) return `L${point.x},${point.y}`;
      const round = Math.min(ROUND, distance(before, point) / 2, distance(point, after) / 2);
      const [start, end] = [towards(point, before, round), towards(point, after, round)];
      return `L${start.x},${start.y} Q${point.x},${point.y} ${end.x},${end.y}`;
    })
    .join(' ');
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function towards(from: Point, to: Point, length: number): Point {
  const all = distance(from, to);
  if (all === 0) return from;
  return { x: from.x + ((to.x - from.x) / all) * length, y: from.y + ((to.y - from.y) / all) * length };
}
