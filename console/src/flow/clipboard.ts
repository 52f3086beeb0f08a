import type { Edge, FlowDefinition, FlowNode, NodeId } from '../../../src/contract/flow.js';
import { isObject } from '../../../src/contract/json/json-members.js';
import { isDeeper } from '../../../src/contract/json/levels.js';
import type { NodeDescriptors } from '../api/descriptors.js';
import type { Command, Point } from './commands.js';
import { freshId } from './fresh-id.js';

/** Names what is on the clipboard, beside its version. */
const FORMAT = 'parley/nodes';
const VERSION = 1;
/** Where nodes without a position are put, one after the other. */
const STEP = 296;

/** Nodes and the edges among them, from the clipboard. */
export interface Pasted {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly Edge[];
}

/**
 * Returns nodes with the edges among them as a text for the system's clipboard, from which they can be pasted into any flow; undefined if there
 * is nothing to copy. The node in which runs begin is left out, because every flow has its own.
 */
export function copyOf(flow: FlowDefinition, ids: ReadonlySet<NodeId>, descriptors: NodeDescriptors): string | undefined {
  const nodes = flow.nodes.filter(({ id, type }) => ids.has(id) && !descriptors.get(type)?.startsFlow);
  if (nodes.length === 0) return undefined;
  const copied = new Set(nodes.map(({ id }) => id));
  const edges = flow.edges.filter(({ from, to }) => copied.has(from) && copied.has(to));
  return JSON.stringify({ format: FORMAT, version: VERSION, nodes, edges }, undefined, 2);
}

/**
 * Returns the nodes in a text from the clipboard: what was copied from a canvas, or a whole flow file. Undefined if it is something else. What
 * is no node and no edge in it is left out.
 */
export function pasteOf(text: string): Pasted | undefined {
  const found = parsed(text);
  if (!isObject(found) || isDeeper(found)) return undefined;
  const isOurs = (found['format'] === FORMAT && found['version'] === VERSION) || found['format'] === 'parley/1';
  if (!isOurs || !Array.isArray(found['nodes'])) return undefined;
  const nodes = [...new Map(found['nodes'].filter(isNode).map((node) => [node.id, cleaned(node, NODE)])).values()];
  const ids = new Set(nodes.map(({ id }) => id));
  const edges = Array.isArray(found['edges']) ? found['edges'].filter(isEdge).filter(({ from, to }) => ids.has(from) && ids.has(to)) : [];
  const byPort = new Map(edges.map((edge) => [`${edge.from} ${edge.port}`, cleaned(edge, EDGE)]));
  return nodes.length === 0 ? undefined : { nodes, edges: [...byPort.values()] };
}

/** Where nodes are pasted. */
export interface Target {
  readonly flow: FlowDefinition;
  /** The upper left corner of the pasted nodes. */
  readonly at: Point;
  readonly descriptors: NodeDescriptors;
}

/** Returns the command that adds pasted nodes with new ids and the edges among them, and those ids. */
export function paste(pasted: Pasted, { flow, at, descriptors }: Target): { readonly command: Command; readonly ids: readonly NodeId[] } {
  const nodes = pasted.nodes.filter(({ type }) => !descriptors.get(type)?.startsFlow);
  const ids = newIds(nodes, { flow, at });
  const places = nodes.map(({ position }, i) => position ?? { x: i * STEP, y: 0 });
  const corner = { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
  const added = nodes.map((node, i): FlowNode => {
    const { x, y } = places[i] ?? corner;
    const position = { ...node.position, x: Math.round(at.x + x - corner.x), y: Math.round(at.y + y - corner.y) };
    return { ...node, id: ids.get(node.id) ?? node.id, position };
  });
  const edges = pasted.edges.flatMap((edge) => {
    const [from, to] = [ids.get(edge.from), ids.get(edge.to)];
    return from !== undefined && to !== undefined ? [{ ...edge, from, to }] : [];
  });
  const isTaken = ({ nodes: present }: FlowDefinition) => present.some(({ id }) => added.some((node) => node.id === id));
  const command: Command = (into) =>
    added.length === 0 || isTaken(into) ? into : { ...into, nodes: [...into.nodes, ...added], edges: [...into.edges, ...edges] };
  return { command, ids: added.map(({ id }) => id) };
}

function newIds(
  nodes: readonly FlowNode[],
  { flow, at }: { readonly flow: FlowDefinition; readonly at: Point },
): ReadonlyMap<NodeId, NodeId> {
  const taken = new Set(flow.nodes.map(({ id }) => id));
  return new Map(
    nodes.map(({ id }) => {
      // `message-4fk` becomes `message-9ab`, not `message-4fk-9ab`.
      const made = freshId({ word: id.replace(/-[0-9a-z]{3}$/, ''), seed: `${id} ${at.x} ${at.y}` }, taken);
      taken.add(made);
      return [id, made];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isNode(value: unknown): value is FlowNode {
  return isObject(value) && typeof value['id'] === 'string' && typeof value['type'] === 'string' && isObject(value['params']);
}

type Members = Readonly<Record<string, (value: unknown) => boolean>>;

/** What the members of a node and an edge have to be. */
const NODE: Members = {
  id: isText,
  type: isText,
  name: isText,
  remark: isText,
  params: isObject,
  locales: isObject,
  translatedFrom: isObject,
  version: (value) => Number.isInteger(value),
  position: (value) => isObject(value) && Number.isFinite(value['x']) && Number.isFinite(value['y']),
};
const EDGE: Members = { from: isText, port: isText, to: isText };

/** Returns the node or edge without members that a flow cannot be saved with. */
function cleaned<T extends object>(value: T, members: Members): T {
  const entries = Object.entries(value).filter(([name, one]) => (Object.hasOwn(members, name) ? members[name]?.(one) : /^x-/.test(name)));
  return Object.fromEntries(entries) as T;
}

function isEdge(value: unknown): value is Edge {
  return isObject(value) && Object.keys(EDGE).every((name) => isText(value[name]));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
