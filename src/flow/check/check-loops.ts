import { type Edge, hasOwnPorts, type Problem, portsOf } from '../../contract/index.js';
import type { Checked, KnownNode } from './checked.js';
import { type Circle, circlesAlong, circlesIn } from './circles.js';
import { error, warning } from './finding.js';
import { namesOfTypes, timeoutBranch, timeoutPorts } from './node-facts.js';
import { waysOf } from './ways.js';

/**
 * Reports circles of nodes that go round by themselves, and circles that go on when nobody answers: those would write to a silent person for
 * ever. A circle may go round because a person answers, because time passes, or a limited number of times.
 */
export function checkLoops(checked: Checked): readonly Problem[] {
  const drawn = pacedEdges(checked);
  const places = new Map(checked.nodes.map(({ item, at }) => [item.id, at]));
  const at = (id: string) => ({ pointer: places.get(id) ?? '', node: id, code: 'flow/endless-loop' });
  const back = `go back through a node of type ${namesOfTypes(checked.world, 'boundsLoops')}`;
  const unpaced = circlesIn(waysOf(edgesAt(drawn, ['at-once']))).map((circle) =>
    error({
      ...at(circle[0] ?? ''),
      message: `${wayRound(circle)} goes round without waiting for a person or for time`,
      hint: `Put a node into the circle that waits for an answer or lets time pass, or ${back}.`,
    }),
  );
  const silent = silentCircles(drawn).map((circle) =>
    error({
      ...at(circle[0] ?? ''),
      message: `${wayRound(circle)} goes round for ever when nobody answers`,
      hint: `${wayOutOf(circle, checked)}, or ${back}.`,
    }),
  );
  return [...unpaced, ...silent, ...checkSeries(checked, drawn, at)];
}

/** How a circle is left when nobody answers. */
function wayOutOf(circle: Circle, { known }: Checked): string {
  const inside = new Set(circle);
  for (const { node, type } of known) {
    const branch = inside.has(node.id) ? timeoutBranch(type.ports) : undefined;
    if (branch) return `Set "${branch.param}" of "${node.id}" to true and lead its port "${branch.port}" out of the circle`;
  }
  return 'Lead the port that is taken when nobody answers out of the circle';
}

/** Returns the nodes of circles that go on when nobody answers. */
export function nodesInSilentCircles(checked: Checked): ReadonlySet<string> {
  return new Set(silentCircles(pacedEdges(checked)).flat());
}

function silentCircles(drawn: readonly PacedEdge[]): readonly Circle[] {
  return circlesOver('on-timeout', edgesAt(drawn, ['at-once', 'on-timeout']));
}

/** Warns of circles through a wait for time that send messages and have no way out. They may be meant, as with a daily tip. */
function checkSeries(
  { known, edges, world }: Checked,
  drawn: readonly PacedEdge[],
  at: (id: string) => Pick<Problem, 'pointer' | 'node' | 'code'>,
): readonly Problem[] {
  const byId = new Map(known.map((one) => [one.node.id, one]));
  const linked = waysOf(edges.map(({ item }) => item));
  const ports = new Set(edges.map(({ item }) => `${item.port} ${item.from}`));
  return circlesOver('in-time', edgesAt(drawn, ['at-once', 'on-timeout', 'in-time'])).flatMap((circle) => {
    const inside = new Set(circle);
    const hasWayOut = circle.some((id) => {
      const one = byId.get(id);
      const ends =
        one && hasOwnPorts(one.type.ports) && portsOf(one.type.ports, one.params).some(({ name }) => !ports.has(`${name} ${id}`));
      return ends || (linked.get(id) ?? []).some((to) => !inside.has(to));
    });
    if (hasWayOut || !circle.some((id) => byId.get(id)?.type.group === 'messaging')) return [];
    return [
      warning({
        ...at(circle[0] ?? ''),
        message: `${wayRound(circle)} goes on for ever, and nothing leads out of it`,
        hint: `Add a way out, such as a branch or a node of type ${namesOfTypes(world, 'boundsLoops')}, unless it should go on until the person opts out.`,
      }),
    ];
  });
}

/** An edge, and what must happen before a run follows it by itself. */
interface PacedEdge extends Edge {
  readonly pace: 'at-once' | 'on-timeout' | 'in-time';
}

function edgesAt(edges: readonly PacedEdge[], paces: readonly PacedEdge['pace'][]): readonly PacedEdge[] {
  return edges.filter(({ pace }) => paces.includes(pace));
}

/** Returns the edges that a run follows by itself. Those that a person decides are left out, and those of nodes with invalid params. */
function pacedEdges({ known, edges }: Checked): readonly PacedEdge[] {
  const readable = new Map(known.filter(({ params }) => params !== undefined).map((one) => [one.node.id, one]));
  return edges.flatMap(({ item }) => {
    const from = readable.get(item.from);
    const pace = from && readable.has(item.to) ? paceOf(from, item.port) : undefined;
    return pace === undefined ? [] : [{ from: item.from, to: item.to, port: item.port, pace }];
  });
}

function paceOf(node: KnownNode, port: string): PacedEdge['pace'] | undefined {
  const { type, params } = node;
  if (type.boundsLoops) return undefined;
  const waitsFor = type.waitsFor?.(params);
  if (waitsFor === undefined || waitsFor === 'other') return 'at-once';
  if (waitsFor === 'time') return 'in-time';
  if (timeoutPorts(node).includes(port)) return 'on-timeout';
  // A flow that could not be called was not waited for.
  return port === 'failed' ? 'at-once' : undefined;
}

/** Returns one circle for each knot of edges with an edge of this pace. */
function circlesOver(pace: PacedEdge['pace'], edges: readonly PacedEdge[]): readonly Circle[] {
  return circlesAlong(edgesAt(edges, [pace]), waysOf(edges));
}

const MAX_NAMED = 8;

function wayRound(circle: Circle): string {
  const named = circle.slice(0, MAX_NAMED).map((one) => `"${one}"`);
  const more = circle.length > MAX_NAMED ? [`${circle.length - MAX_NAMED} more`] : [];
  return [...named, ...more, `"${circle[0] ?? ''}"`].join(' → ');
}
