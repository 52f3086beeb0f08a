import type { Edge, FlowDefinition, FlowNode } from '../../../src/contract/flow.js';
import { valueAt } from '../../../src/contract/json/json-pointer.js';
import type { NodeDescriptor } from '../api/descriptors.js';
import { portsOfNode } from './ports.js';

/** A node before and after a change of its params. */
export interface ChangedNode {
  readonly before: FlowNode;
  readonly after: FlowNode;
  readonly descriptor: NodeDescriptor | undefined;
}

/**
 * Returns the flow with the edges of a changed node at the ports that they belong to now: a renamed port takes its edge along, and a port
 * that no longer exists loses it.
 *
 * While somebody types, a name can be that of another port for a moment, or empty. Then the edge waits under the old name, and follows
 * when the new name is a port of its own.
 */
export function withEdgesCarried(flow: FlowDefinition, changed: ChangedNode): FlowDefinition {
  const own = flow.edges.filter(({ from }) => from === changed.before.id);
  if (!changed.descriptor || own.length === 0) return flow;
  const names = namesOf(changed);
  const moves = movesOf(changed, { names, own });
  const waiting = new Set(renamesOf(changed).map(({ was }) => was));
  const stays = ({ port }: Edge) => names.is.includes(port) || !names.was.includes(port) || waiting.has(port);
  const edges = flow.edges.flatMap((edge): readonly Edge[] => {
    if (edge.from !== changed.before.id) return [edge];
    const port = moves.get(edge.port);
    if (port !== undefined) return [{ ...edge, port }];
    return stays(edge) ? [edge] : [];
  });
  return edges.length === flow.edges.length && edges.every((edge, i) => edge === flow.edges[i]) ? flow : { ...flow, edges };
}

interface Names {
  readonly was: readonly string[];
  readonly is: readonly string[];
}

function namesOf({ before, after, descriptor }: ChangedNode): Names {
  const names = (node: FlowNode) => portsOfNode(node, descriptor).map(({ name }) => name);
  return { was: names(before), is: names(after) };
}

/** Returns the new port of each edge that moves, by its old port. */
function movesOf(
  changed: ChangedNode,
  { names, own }: { readonly names: Names; readonly own: readonly Edge[] },
): ReadonlyMap<string, string> {
  const moves = new Map<string, string>();
  const lost = own.filter(({ port }) => !names.was.includes(port));
  for (const { was, is } of renamesOf(changed)) {
    const isFree = is !== undefined && !names.was.includes(is) && isOnce(names.is, is) && own.every(({ port }) => port !== is);
    if (!isFree) continue;
    const isLeft = was !== undefined && isOnce(names.was, was) && !names.is.includes(was);
    const port = isLeft ? was : lost.length === 1 ? lost[0]?.port : undefined;
    if (port !== undefined && !moves.has(port)) moves.set(port, is);
  }
  return moves;
}

/** The name of a member in a list of ports, before and after. */
interface Rename {
  readonly was: string | undefined;
  readonly is: string | undefined;
}

/** Returns the members whose names are different now, in lists that have as many members as before. */
function renamesOf({ before, after, descriptor }: ChangedNode): readonly Rename[] {
  return (descriptor?.ports ?? []).flatMap((rule) => {
    if (!('each' in rule)) return [];
    const [was, is] = [valueAt(before.params, rule.each), valueAt(after.params, rule.each)];
    if (!Array.isArray(was) || !Array.isArray(is) || was.length !== is.length) return [];
    const nameOf = (member: unknown) => {
      const name = valueAt(member, rule.name);
      return typeof name === 'string' ? name : undefined;
    };
    return was.map((member, i) => ({ was: nameOf(member), is: nameOf(is[i]) })).filter((one) => one.was !== one.is);
  });
}

function isOnce(names: readonly string[], name: string): boolean {
  return names.filter((one) => one === name).length === 1;
}
