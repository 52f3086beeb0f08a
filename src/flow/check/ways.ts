import type { Edge } from '../../contract/index.js';

/** Where edges lead, by the node that they leave. */
export function waysOf(edges: readonly Pick<Edge, 'from' | 'to'>[]): ReadonlyMap<string, readonly string[]> {
  const ways = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const list = ways.get(from);
    if (list) list.push(to);
    else ways.set(from, [to]);
  }
  return ways;
}
