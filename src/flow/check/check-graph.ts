import type { Edge, FlowDefinition, Problem } from '../../contract/index.js';
import { type Checked, error, type KnownNode, nearestAmong, warning } from './finding.js';

/** The drawing: one start, an end, edges that lead from ports to nodes, no circle without a rest. */
export function checkGraph(checked: Checked): readonly Problem[] {
  return [
    ...checkStartAndEnd(checked.definition),
    ...checkIds(checked.definition),
    ...checkEdges(checked),
    ...checkReach(checked.definition),
    ...checkLoops(checked),
  ];
}

function checkStartAndEnd({ nodes }: FlowDefinition): readonly Problem[] {
  const starts = nodes.flatMap((node, index) => (node.type === 'start' ? [index] : []));
  const problems = starts.slice(1).map((index) =>
    error({
      pointer: `/nodes/${index}`,
      code: 'flow/two-starts',
      node: nodes[index]?.id ?? '',
      message: 'a second start',
      hint: 'Keep one start; lead other beginnings to the node after it.',
    }),
  );
  if (starts.length === 0)
    problems.push(
      error({ pointer: '/nodes', code: 'flow/no-start', message: 'the flow has no start', hint: 'Add a node of type "start".' }),
    );
  if (!nodes.some(({ type }) => type === 'end')) {
    problems.push(error({ pointer: '/nodes', code: 'flow/no-end', message: 'the flow has no end', hint: 'Add a node of type "end".' }));
  }
  return problems;
}

function checkIds({ nodes }: FlowDefinition): readonly Problem[] {
  return nodes.flatMap(({ id }, index) => {
    const first = nodes.findIndex((node) => node.id === id);
    if (first === index) return [];
    return [
      error({
        pointer: `/nodes/${index}/id`,
        code: 'flow/duplicate-id',
        node: id,
        message: `the id "${id}" is taken by the node at /nodes/${first}`,
        hint: 'Give this node an id of its own.',
      }),
    ];
  });
}

function checkEdges({ definition, known }: Checked): readonly Problem[] {
  const ids = new Set(definition.nodes.map(({ id }) => id));
  const like = nearestAmong([...ids]);
  const byId = new Map(known.map((one) => [one.node.id, one]));
  const first = new Map<string, number>();
  return definition.edges.flatMap((edge, index) => {
    const at = `/edges/${index}`;
    const problems: Problem[] = [];
    for (const end of ['from', 'to'] as const) {
      if (ids.has(edge[end])) continue;
      const names = like(edge[end]);
      problems.push(
        error({
          pointer: `${at}/${end}`,
          code: end === 'from' ? 'flow/edge-from-nowhere' : 'flow/edge-to-nowhere',
          message: `there is no node "${edge[end]}"`,
          hint:
            names.length > 0
              ? `Did you mean ${names.map((one) => `"${one}"`).join(' or ')}?`
              : 'Draw the edge to a node that is there, or remove it.',
        }),
      );
    }
    const from = byId.get(edge.from);
    if (from) problems.push(...checkPort(edge, from, at));
    const key = JSON.stringify([edge.from, edge.port]);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else {
      problems.push(
        error({
          pointer: at,
          code: 'flow/two-edges',
          node: edge.from,
          message: `two edges leave "${edge.from}" by "${edge.port}" (the other is /edges/${earlier})`,
          hint: 'Keep one of them; a branch node can go several ways.',
        }),
      );
    }
    return problems;
  });
}

function checkPort(edge: Edge, known: KnownNode, at: string): readonly Problem[] {
  const { node } = known;
  const ports = portsOf(known);
  if (!ports || ports.includes(edge.port)) return [];
  const hint =
    ports.length === 0 ? `A node of type "${node.type}" has no way out.` : `Its ports are ${ports.map((one) => `"${one}"`).join(', ')}.`;
  return [
    error({ pointer: `${at}/port`, code: 'flow/no-such-port', node: node.id, message: `"${node.id}" has no port "${edge.port}"`, hint }),
  ];
}

/** Of params that are wrong the ports may still be known; where they are not, the params are told already. */
function portsOf({ type, loose }: KnownNode): readonly string[] | undefined {
  try {
    return type.ports(loose).filter((one) => typeof one === 'string');
  } catch {
    return undefined;
  }
}

function checkReach({ nodes, edges }: FlowDefinition): readonly Problem[] {
  const reached = new Set<string>();
  const open = nodes.filter(({ type }) => type === 'start').map(({ id }) => id);
  // Without a start nothing can be reached, which is told already.
  if (open.length === 0) return [];
  const ways = outgoing(edges);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...(ways.get(id) ?? []));
  }
  return nodes.flatMap(({ id, type }, index) => {
    if (reached.has(id) || type === 'end') return [];
    return [
      warning({
        pointer: `/nodes/${index}`,
        code: 'flow/unreachable',
        node: id,
        message: `"${id}" cannot be reached from the start`,
        hint: 'Lead an edge to it, or remove it.',
      }),
    ];
  });
}

/** A circle must hold a node that waits, or a jump; else it would run until it is out of steps. One problem for each circle, as far as somebody would read them. */
function checkLoops({ definition, known }: Checked): readonly Problem[] {
  const resting = new Set(
    known
      .filter(({ type, params }) => type.type === 'jump' || (params !== undefined && type.waitsFor?.(params) !== undefined))
      .map(({ node }) => node.id),
  );
  // An edge to or from nowhere is told already.
  const moving = new Set(definition.nodes.flatMap(({ id }) => (resting.has(id) ? [] : [id])));
  const ways = outgoing(definition.edges.filter(({ from, to }) => moving.has(from) && moving.has(to)));
  return circles(
    definition.nodes.map(({ id }) => id),
    ways,
  ).map((circle) => {
    const [id = ''] = circle;
    return error({
      pointer: `/nodes/${definition.nodes.findIndex((node) => node.id === id)}`,
      code: 'flow/endless-loop',
      node: id,
      message: `${wayRound(circle)} → "${id}" goes round without waiting`,
      hint: 'Put a node that waits for something into the loop, or go back by a jump.',
    });
  });
}

/** Circles told at once, and nodes named of each. */
const MOST_CIRCLES = 20;
const MOST_NAMED = 8;

function wayRound(circle: readonly string[]): string {
  const named = circle.slice(0, MOST_NAMED).map((one) => `"${one}"`);
  return [...named, ...(circle.length > MOST_NAMED ? [`${circle.length - MOST_NAMED} more`] : [])].join(' → ');
}

function outgoing(edges: readonly Edge[]): ReadonlyMap<string, readonly string[]> {
  const ways = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const list = ways.get(from);
    if (list) list.push(to);
    else ways.set(from, [to]);
  }
  return ways;
}

/** Circles found by walking, each told once; without recursion, because a flow may be long. */
function circles(ids: readonly string[], ways: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const done = new Set<string>();
  const found: string[][] = [];
  for (const id of ids) {
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
        if (found.length >= MOST_CIRCLES) return found;
      } else if (!done.has(to)) {
        path.push({ id: to, next: 0 });
        on.add(to);
      }
    }
  }
  return found;
}
