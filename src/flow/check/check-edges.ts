import { arePortsKnown, type Edge, type Problem, portsOf } from '../../contract/index.js';
import { OTHER_PORTS } from '../../params/other-names.js';
import { type Meant, meantAmong, type OtherNames, squashed } from '../../text/meant-name.js';
import { added, type Mend, removed, replaced } from '../mends/mend.js';
import { didYouMean, type Nearest, nearestAmong } from '../nearest.js';
import type { Checked, Drawn, KnownNode } from './checked.js';
import { error } from './finding.js';

/** Reports edges from or to unknown nodes, edges from unknown ports, and second edges from a port. */
export function checkEdges(checked: Checked): readonly Problem[] {
  const ids = new Set(checked.nodes.map(({ item }) => item.id));
  const taken = new Set(checked.edges.map(({ item }) => wayOut(item)));
  const among = { ids, like: nearestAmong([...ids]), meant: meantAmong([...ids], otherIds(checked)), taken };
  const ports = portsById(checked);
  return [
    ...(checked.gaps.has('nodes') ? [] : checked.edges.flatMap((edge) => checkEnds(edge, among))),
    ...checked.edges.flatMap((edge) => checkPort(edge, ports.get(edge.item.from), taken)),
    ...checkTwice(checked),
  ];
}

/** Names for nodes that people take for their ids: their titles, and their types. Only those of one node mean it. */
function otherIds({ nodes }: Checked): OtherNames {
  const names = new Map<string, string[]>();
  for (const { item } of nodes)
    for (const name of new Set([item.name ?? '', item.type].map(squashed))) names.set(name, [...(names.get(name) ?? []), item.id]);
  return Object.fromEntries(names);
}

/** The port that an edge leaves, as a text. */
function wayOut({ from, port }: Pick<Edge, 'from' | 'port'>): string {
  return JSON.stringify([from, port]);
}

interface Ids {
  readonly ids: ReadonlySet<string>;
  readonly like: Nearest;
  readonly meant: Meant;
  /** The ports that edges leave. */
  readonly taken: ReadonlySet<string>;
}

function checkEnds({ item, at }: Drawn<Edge>, { ids, like, meant, taken }: Ids): readonly Problem[] {
  return (['from', 'to'] as const).flatMap((end) => {
    if (ids.has(item[end])) return [];
    const found = meant(item[end]);
    const near = like(item[end]);
    const id = found !== undefined && end === 'from' && taken.has(wayOut({ from: found, port: item.port })) ? undefined : found;
    return [
      error({
        pointer: `${at}/${end}`,
        code: end === 'from' ? 'flow/edge-from-nowhere' : 'flow/edge-to-nowhere',
        message: `there is no node "${item[end]}"`,
        ...(id === undefined ? {} : replaced(`${at}/${end}`, id)),
        hint: didYouMean(id ?? near, 'Use the id of a node, or remove the edge.'),
      }),
    ];
  });
}

interface Ports {
  readonly type: string;
  readonly names: readonly string[];
  /** The node that has them; undefined if two nodes have the id. */
  readonly node?: KnownNode;
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
    const only = one && !isSecond ? { node: one } : {};
    found.set(
      item.id,
      names && (before || !isSecond) ? { type: item.type, names: [...(before?.names ?? []), ...names], ...only } : undefined,
    );
  }
  return found;
}

/** Returns the names of a node's ports; undefined if its params do not say all of them. The params may be invalid otherwise. */
function portNames({ type, loose }: KnownNode): readonly string[] | undefined {
  return arePortsKnown(type.ports, loose) ? portsOf(type.ports, loose).map(({ name }) => name) : undefined;
}

function checkPort({ item: edge, at }: Drawn<Edge>, ports: Ports | undefined, taken: ReadonlySet<string>): readonly Problem[] {
  if (!ports || ports.names.includes(edge.port)) return [];
  const { type, names, node } = ports;
  const hint =
    names.length === 0 ? `Nodes of type "${type}" have no ports.` : `Its ports are ${names.map((one) => `"${one}"`).join(', ')}.`;
  const message = `"${edge.from}" has no port "${edge.port}"`;
  const problem = { pointer: `${at}/port`, code: 'flow/no-such-port', node: edge.from, message, hint };
  const free = names.filter((port) => !taken.has(wayOut({ from: edge.from, port })));
  return [error({ ...problem, ...(node && (portSwitchedOn(edge.port, node) ?? portMeant(`${at}/port`, edge.port, { names, free }))) })];
}

/** Returns the mend of an edge from a port that a param would switch on. */
function portSwitchedOn(port: string, { at, type, node }: KnownNode): Mend | undefined {
  const when = type.ports.find((rule) => !('each' in rule) && rule.name === port && rule.kind === 'time');
  const pointer = when && !('each' in when) && typeof when.when === 'string' ? when.when : undefined;
  if (node.params === null || pointer === undefined || pointer.indexOf('/', 1) > 0 || !TRUE_OR_FALSE.test(pointer)) return undefined;
  const hint = `Set "${pointer.slice(1)}" of "${node.id}" to true, which adds the port.`;
  return { ...added(`${at}/params${pointer}`, true), hint };
}

/** Params that are true or false and add a port. Others say how long the node waits before it is left by the port. */
const TRUE_OR_FALSE = /Branch$/;

function portMeant(
  pointer: string,
  port: string,
  { names, free }: { readonly names: readonly string[]; readonly free: readonly string[] },
): Mend | undefined {
  const name = names.length === 1 ? free[0] : meantAmong(names, OTHER_PORTS)(port);
  return name !== undefined && free.includes(name) ? { ...replaced(pointer, name), hint: `Did you mean "${name}"?` } : undefined;
}

function checkTwice({ nodes, edges }: Checked): readonly Problem[] {
  const first = new Map<string, { readonly at: string; readonly to: string }>();
  // If two nodes have the same id, each port exists twice.
  const counts = new Map<string, number>();
  for (const { item } of nodes) counts.set(item.id, (counts.get(item.id) ?? 0) + 1);
  return edges.flatMap(({ item: { from, port, to }, at }) => {
    const key = wayOut({ from, port });
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, { at, to });
    if (earlier === undefined || (counts.get(from) ?? 0) > 1) return [];
    const isSame = earlier.to === to;
    return [
      error({
        pointer: at,
        code: 'flow/two-edges',
        node: from,
        message: `two edges leave "${from}" by "${port}" (the other is ${earlier.at})`,
        ...(isSame
          ? removed(at, 'Remove it: both lead to the same node.')
          : { hint: 'Keep one of them. A branch can lead to several nodes.' }),
      }),
    ];
  });
}
