import type { Exit, FlowGraph } from './flow-graph.js';

/** The nodes that a walk has reached, each with the node and the port that it was reached from. */
export interface Walked {
  has(node: number): boolean;
  /** Returns the nodes and ports that lead to a node, from the beginning of the walk on. */
  wayTo(node: number): readonly WayStep[];
}

/** A node of a way, and the port by which it is left; absent for the last one. */
export interface WayStep {
  readonly node: number;
  readonly port?: string;
}

/** Where a walk begins: at a node, or behind a way out of it. */
export interface Beginning {
  readonly node: number;
  readonly exit?: Exit;
}

/** Limits all walks through one flow: how many ways between nodes may be looked at. */
export interface WalkBudget {
  left: number;
}

/**
 * Walks to all nodes that can be reached without a value for a variable: ways behind which it has one are not taken. The way that it finds
 * to each node is a short one. Returns undefined if the budget is used up.
 */
export function walkWithout(
  name: string,
  { graph, from, budget }: { readonly graph: FlowGraph; readonly from: readonly Beginning[]; readonly budget: WalkBudget },
): Walked | undefined {
  // Arrays of numbers, because a flow with many variables is walked once for each of them.
  const before = new Int32Array(graph.nodes.length).fill(NOT_REACHED);
  const ports: (string | undefined)[] = [];
  const reached: number[] = [];
  const reach = (node: number, source: number, port?: string) => {
    if (before[node] !== NOT_REACHED) return;
    before[node] = source;
    ports[node] = port;
    reached.push(node);
  };
  for (const { node, exit } of from) reach(exit ? exit.to : node, exit ? node : NOWHERE, exit?.port);
  for (let i = 0; i < reached.length; i += 1) {
    const node = reached[i] ?? 0;
    const exits = graph.nodes[node]?.exits ?? [];
    budget.left -= exits.length + 1;
    if (budget.left < 0) return undefined;
    for (const { to, port, sets } of exits) if (!sets.has(name)) reach(to, node, port);
  }
  return { has: (node) => before[node] !== NOT_REACHED, wayTo: (node) => wayTo(node, before, ports) };
}

const NOT_REACHED = -2;
/** The walk begins at this node. */
const NOWHERE = -1;

function wayTo(node: number, before: Int32Array, ports: readonly (string | undefined)[]): readonly WayStep[] {
  const way: WayStep[] = [{ node }];
  const seen = new Set([node]);
  for (let at = node, source = before[at]; source !== undefined && source >= 0; at = source, source = before[at]) {
    const port = ports[at];
    way.push({ node: source, ...(port === undefined ? {} : { port }) });
    // A walk can begin behind a node that it comes back to.
    if (seen.has(source)) break;
    seen.add(source);
  }
  return way.reverse();
}
