import { type PortKind, portsOf } from '../../contract/index.js';
import { attempt, type Checked, type KnownNode, namesSetBy } from '../check/checked.js';
import { typeOf } from '../check/node-facts.js';
import { textsIn } from './texts-in.js';

/** The nodes of a flow with the ways between them. Nodes are numbers: their places in the flow. */
export interface FlowGraph {
  readonly nodes: readonly GraphNode[];
  /** Where runs begin; undefined if the flow has no start. */
  readonly start: number | undefined;
}

export interface GraphNode {
  readonly id: string;
  /** The port that the node is usually left by. */
  readonly main: string | undefined;
  readonly exits: readonly Exit[];
}

/** A way from a node to another one. */
export interface Exit {
  readonly port: string;
  readonly to: number;
  /** The variables that have a value behind it. */
  readonly sets: ReadonlySet<string>;
  /** The variables that the node has emptied if it is left there, whatever they held before. */
  readonly empties: ReadonlySet<string>;
}

/** Returns the graph of a flow. Edges from or to unknown nodes are left out. */
export function graphOf(checked: Pick<Checked, 'nodes' | 'known' | 'edges' | 'world'>): FlowGraph {
  const places = new Map<string, number>();
  for (const [i, { item }] of checked.nodes.entries()) if (!places.has(item.id)) places.set(item.id, i);
  const known = new Map(checked.known.map((one) => [one.at, one]));
  const edges = new Map<number, { readonly port: string; readonly to: number }[]>();
  for (const { item } of checked.edges) {
    const [from, to] = [places.get(item.from), places.get(item.to)];
    if (from === undefined || to === undefined) continue;
    const list = edges.get(from) ?? [];
    list.push({ port: item.port, to });
    edges.set(from, list);
  }
  const nodes = checked.nodes.map(({ item, at }, i): GraphNode => {
    const node = known.get(at);
    const ports = node ? portsOf(node.type.ports, node.loose) : [];
    const kinds = new Map(ports.map(({ name, kind }) => [name, kind]));
    // A port that the author names is never the usual one.
    const main = ports.find(({ pointer }) => pointer === undefined)?.name;
    const values = valuesBehind(node, item.params);
    const emptied = namesEmptied(node);
    const exits = (edges.get(i) ?? []).map(({ port, to }) => {
      const kind = kinds.get(port) ?? 'way';
      return { port, to, sets: values(port, kind), empties: kind === 'way' ? NONE : emptied };
    });
    return { id: item.id, main: ports[0]?.name === main ? main : undefined, exits };
  });
  const start = checked.nodes.findIndex(({ item }) => typeOf(item, checked.world)?.startsFlow);
  return { nodes, start: start < 0 ? undefined : start };
}

const NONE: ReadonlySet<string> = new Set();

/** Returns a function for the variables that have a value behind a port. A node that cannot be read may set any name in its params. */
function valuesBehind(node: KnownNode | undefined, params: unknown): (port: string, kind: PortKind) => ReadonlySet<string> {
  if (!node || node.error) {
    const perhaps = new Set(textsIn(params));
    return () => perhaps;
  }
  const { type, loose } = node;
  const all = type.sets ? new Set(namesSetBy(node)) : NONE;
  return (port, kind) => {
    const own = type.setsOn && attempt(() => type.setsOn?.(loose, port));
    return own ? new Set(own) : kind === 'way' ? all : NONE;
  };
}

/** A call empties the variables for parts of its result when it begins. */
function namesEmptied(node: KnownNode | undefined): ReadonlySet<string> {
  const names = node?.fields.flatMap(({ holds, savedAs }) => (holds === 'result' && savedAs !== undefined ? [savedAs] : [])) ?? [];
  return names.length > 0 ? new Set(names) : NONE;
}
