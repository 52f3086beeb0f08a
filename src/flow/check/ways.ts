import type { Edge } from '../../contract/index.js';

/** The nodes that edges lead to, by the node that they leave. */
export type Ways = ReadonlyMap<string, readonly string[]>;

export function waysOf(edges: readonly Pick<Edge, 'from' | 'to'>[]): Ways {
  const ways = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const list = ways.get(from);
    if (list) list.push(to);
    else ways.set(from, [to]);
  }
  return ways;
}
