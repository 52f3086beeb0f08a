import type { Edge } from '../../contract/index.js';
import type { Ways } from './ways.js';

/** A circle: the ids of its nodes in order, the first one once. */
export type Circle = readonly string[];

/** The maximum of circles that are reported. */
const MAX_CIRCLES = 20;

/** Returns circles, found by following each edge once. Without recursion, because a flow may be long. */
export function circlesIn(ways: Ways): readonly Circle[] {
  const done = new Set<string>();
  const found: Circle[] = [];
  for (const id of ways.keys()) {
    const path: { readonly id: string; next: number }[] = done.has(id) ? [] : [{ id, next: 0 }];
    const on = new Set(path.map((step) => step.id));
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = ways.get(top.id)?.[top.next];
      top.next += 1;
      if (to === undefined) {
        done.add(top.id);
        on.delete(top.id);
        path.pop();
      } else if (on.has(to)) {
        found.push(path.slice(path.findIndex((step) => step.id === to)).map((step) => step.id));
        if (found.length >= MAX_CIRCLES) return found;
      } else if (!done.has(to)) {
        path.push({ id: to, next: 0 });
        on.add(to);
      }
    }
  }
  return found;
}

/** Returns circles that contain one of these edges and begin at its node: a short one for each knot of nodes that lead to each other. */
export function circlesAlong(edges: readonly Edge[], ways: Ways): readonly Circle[] {
  const knots = knotsOf(ways);
  const seen = new Set<number>();
  return edges.flatMap(({ from, to }) => {
    const knot = knots.get(from);
    if (knot === undefined || knot !== knots.get(to) || seen.has(knot) || seen.size >= MAX_CIRCLES) return [];
    seen.add(knot);
    return [[from, ...shortestWay(to, from, ways).slice(0, -1)]];
  });
}

/** Returns the nodes from one to another, both included. Both belong to one knot, so there is a way. */
function shortestWay(from: string, to: string, ways: Ways): Circle {
  const before = new Map<string, string | undefined>([[from, undefined]]);
  // A Map can grow while it is iterated.
  for (const [id] of before) {
    if (id === to) break;
    for (const next of ways.get(id) ?? []) if (!before.has(next)) before.set(next, id);
  }
  const way: string[] = [];
  for (let id: string | undefined = to; id !== undefined; id = before.get(id)) way.unshift(id);
  return way;
}

interface WalkStep {
  readonly id: string;
  next: number;
}

/** Returns the knots of a graph (its strongly connected components) as numbers, by node. https://en.wikipedia.org/wiki/Tarjan%27s_strongly_connected_components_algorithm */
function knotsOf(ways: Ways): ReadonlyMap<string, number> {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const knots = new Map<string, number>();
  const open: string[] = [];
  const lower = (id: string, to: number) => lowest.set(id, Math.min(lowest.get(id) ?? to, to));
  for (const root of ways.keys()) {
    const path: WalkStep[] = order.has(root) ? [] : [enter(root)];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = ways.get(top.id)?.[top.next];
      top.next += 1;
      if (to === undefined) {
        path.pop();
        leave(top.id, path.at(-1)?.id);
      } else if (!order.has(to)) path.push(enter(to));
      else if (!knots.has(to)) lower(top.id, order.get(to) ?? 0);
    }
  }
  return knots;

  function enter(id: string): WalkStep {
    order.set(id, order.size);
    lower(id, order.size - 1);
    open.push(id);
    return { id, next: 0 };
  }

  function leave(id: string, parent: string | undefined): void {
    const low = lowest.get(id) ?? 0;
    if (parent !== undefined) lower(parent, low);
    if (low !== order.get(id)) return;
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      knots.set(one, low);
      if (one === id) return;
    }
  }
}
