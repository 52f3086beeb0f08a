import { arePortsKnown, type Edge, type Problem, portsOf } from '../../contract/index.js';
import { didYouMean, type Nearest, nearestAmong } from '../nearest.js';
import type { Checked, Drawn, KnownNode } from './checked.js';
import { error } from './finding.js';

/** Reports edges from or to unknown nodes, edges from unknown ports, and second edges from a port. */
export function checkEdges(checked: Checked): readonly Problem[] {
  const ids = new Set(checked.nodes.map(({ item }) => item.id));
  const like = nearestAmong([...ids]);
  const ports = portsById(checked);
  return [
    ...(checked.gaps.has('nodes') ? [] : checked.edges.flatMap((edge) => checkEnds(edge, ids, like))),
    ...checked.edges.flatMap(({ item, at }) => checkPort(item, at, ports.get(item.from))),
    ...checkTwice(checked),
  ];
}

function checkEnds({ item, at }: Drawn<Edge>, ids: ReadonlySet<string>, like: Nearest): readonly Problem[] {
  return (['from', 'to'] as const).flatMap((end) => {
    if (ids.has(item[end])) return [];
    return [
      error({
        pointer: `${at}/${end}`,
        code: end === 'from' ? 'flow/edge-from-nowhere' : 'flow/edge-to-nowhere',
        message: `there is no node "${item[end]}"`,
        hint: didYouMean(like(item[end]), 'Use the id of a node, or remove the edge.'),
      }),
    ];
  });
}

interface Ports {
  readonly type: string;
  readonly names: readonly string[];
}

/** Returns the ports of each node, undefined if they are not known. If two nodes have the same id, an edge may use the ports of both. */
function portsById({ nodes, known }: Checked): ReadonlyMap<string, Ports | undefined> {
  const byPlace = new Map(known.map((one) => [one.at, one]));
  const found = new Map<string, Ports | undefined>();
  for (const { item, at } of nodes) {
    const one = byPlace.get(at);
    const names = one && portNames(one);
    const before = found.get(item.id);
    const isSecond = found.has(item.id);
    found.set(item.id, names && (before || !isSecond) ? { type: item.type, names: [...(before?.names ?? []), ...names] } : undefined);
  }
  return found;
}

/** Returns the names of a node's ports; undefined if its params do not say all of them. The params may be invalid otherwise. */
function portNames({ type, loose }: KnownNode): readonly string[] | undefined {
  return arePortsKnown(type.ports, loose) ? portsOf(type.ports, loose).map(({ name }) => name) : undefined;
}

function checkPort(edge: Edge, at: string, ports: Ports | undefined): readonly Problem[] {
  if (!ports || ports.names.includes(edge.port)) return [];
  const { type, names } = ports;
  const hint =
    names.length === 0 ? `Nodes of type "${type}" have no ports.` : `Its ports are ${names.map((one) => `"${one}"`).join(', ')}.`;
  const message = `"${edge.from}" has no port "${edge.port}"`;
  return [error({ pointer: `${at}/port`, code: 'flow/no-such-port', node: edge.from, message, hint })];
}

function checkTwice({ nodes, edges }: Checked): readonly Problem[] {
  const first = new Map<string, string>();
  // If two nodes have the same id, each port exists twice.
  const counts = new Map<string, number>();
  for (const { item } of nodes) counts.set(item.id, (counts.get(item.id) ?? 0) + 1);
  return edges.flatMap(({ item: { from, port }, at }) => {
    const key = JSON.stringify([from, port]);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, at);
    if (earlier === undefined || (counts.get(from) ?? 0) > 1) return [];
    return [
      error({
        pointer: at,
        code: 'flow/two-edges',
        node: from,
        message: `two edges leave "${from}" by "${port}" (the other is ${earlier})`,
        hint: 'Keep one of them. A branch can lead to several nodes.',
      }),
    ];
  });
}
