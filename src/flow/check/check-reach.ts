import type { FlowNode, Problem } from '../../contract/index.js';
import { nearestAmong } from '../nearest.js';
import type { Checked, Drawn } from './checked.js';
import { warning } from './finding.js';
import { typeOf } from './node-facts.js';
import { waysOf } from './ways.js';

/** Warns of nodes that cannot be reached from the start, except of ends. */
export function checkReach(checked: Checked): readonly Problem[] {
  return unreachableNodes(checked).flatMap(({ item, at }) => {
    if (typeOf(item, checked.world)?.endsFlow) return [];
    return [
      warning({
        pointer: at,
        code: 'flow/unreachable',
        node: item.id,
        message: `"${item.id}" cannot be reached from the start`,
        hint: 'Draw an edge to it, or remove it.',
      }),
    ];
  });
}

/** Returns the nodes that cannot be reached from the start; none if that is not known. */
export function unreachableNodes({ nodes, edges, gaps, world }: Checked): readonly Drawn<FlowNode>[] {
  const ids = new Set(nodes.map(({ item }) => item.id));
  const open = nodes.filter(({ item }) => typeOf(item, world)?.startsFlow).map(({ item }) => item.id);
  // Without a start, or with parts of the wrong form, nothing is known.
  if (open.length === 0 || gaps.has('nodes') || gaps.has('edges')) return [];
  const like = nearestAmong([...ids]);
  // Edges from or to unknown nodes are problems of their own. They are followed to the node that is probably meant.
  for (const { item } of edges) if (!ids.has(item.from)) open.push(item.to);
  const ways = waysOf(edges.map(({ item }) => item));
  const reached = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    for (const to of ways.get(id) ?? []) open.push(ids.has(to) ? to : (like(to)[0] ?? to));
  }
  return nodes.filter(({ item }) => !reached.has(item.id));
}
