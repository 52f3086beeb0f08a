import type { Edge, FlowDefinition, FlowNode, NodeId } from '../../../src/contract/flow.js';
import { partsOfPointer } from '../../../src/contract/json/json-pointer.js';
import type { Json } from '../../../src/contract/json.js';
import type { NodeDescriptor, NodeDescriptors } from '../api/descriptors.js';
import { withEdgesCarried } from './carry-edges.js';
import { withTextsCarried } from './carry-texts.js';
import { freshId } from './fresh-id.js';
import { isSame, withValueAt } from './json-edit.js';
import { edgesByNode, type PortOfNode } from './ports.js';

/**
 * A change of a flow. It never throws, and changes nothing that it is not about: all other nodes and edges stay the same objects, and a
 * command that finds nothing to change returns the flow that it got. A flow whose ids are unique and whose edges all lead from and to
 * nodes, one from each port, is still so afterwards.
 */
export type Command = (flow: FlowDefinition) => FlowDefinition;

/** A point on the canvas. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Returns commands as one command. */
export function inOrder(...commands: readonly Command[]): Command {
  return (flow) => commands.reduce((done, command) => command(done), flow);
}

/** Returns a new node of a type, with what a fresh node of it has and an id that the flow does not have. It is not in the flow yet. */
export function newNode(descriptor: NodeDescriptor, flow: FlowDefinition, position: Point): FlowNode {
  const { type, version, blank } = descriptor;
  const word = type.split('-').at(-1) ?? type;
  const at = rounded(position);
  const id = freshId({ word, seed: `${type} ${at.x} ${at.y}` }, new Set(flow.nodes.map((node) => node.id)));
  return { id, type, version, params: blank.params, position: at };
}

/** The port that a new node is connected to. */
export interface Joint extends PortOfNode {
  /** The main port of the new node. If the port led somewhere, this one leads there now: the node is put between. */
  readonly by?: string | undefined;
}

/**
 * Adds a node; with a joint, the port leads to it. An edge is a joint, too.
 *
 * @example
 * addNode(node, { from: 'ask', port: 'next' })
 * addNode(node, { ...edge, by: mainPort(node, descriptor)?.name })   // onto an edge
 */
export function addNode(node: FlowNode, joint?: Joint): Command {
  return (flow) => {
    if (flow.nodes.some(({ id }) => id === node.id)) return flow;
    const added = { ...flow, nodes: [...flow.nodes, node] };
    if (!joint || !added.nodes.some(({ id }) => id === joint.from)) return added;
    const { from, port, by } = joint;
    const before = flow.edges.find((edge) => isPort(edge, joint));
    const onward = before && by !== undefined ? connect({ from: node.id, port: by, to: before.to }) : unchanged;
    return inOrder(connect({ from, port, to: node.id }), onward)(added);
  };
}

/**
 * Removes nodes with their edges. Where one edge led to a node and one away from it, the port before it then leads to the node behind it.
 * The node in which runs begin stays.
 */
export function removeNodes(ids: readonly NodeId[], descriptors: NodeDescriptors): Command {
  return (flow) => {
    const removed = flow.nodes.filter(({ id, type }) => ids.includes(id) && !descriptors.get(type)?.startsFlow);
    if (removed.length === 0) return flow;
    const gone = new Set(removed.map(({ id }) => id));
    return { ...flow, nodes: flow.nodes.filter(({ id }) => !gone.has(id)), edges: edgesWithout(gone, flow.edges) };
  };
}

function edgesWithout(gone: ReadonlySet<NodeId>, edges: readonly Edge[]): readonly Edge[] {
  const behind = nodesBehind(gone, edges);
  return edges.flatMap((edge) => {
    if (gone.has(edge.from)) return [];
    if (!gone.has(edge.to)) return [edge];
    const to = behind(edge.to);
    return to === undefined || to === edge.from ? [] : [{ ...edge, to }];
  });
}

/** Returns the function that finds the first node behind a removed one that stays; undefined where ways come together or part. */
function nodesBehind(gone: ReadonlySet<NodeId>, edges: readonly Edge[]): (id: NodeId) => NodeId | undefined {
  const others = edges.filter(({ from, to }) => from !== to);
  const leaving = edgesByNode(others);
  const entering = new Map<NodeId, number>();
  for (const { to } of others) entering.set(to, (entering.get(to) ?? 0) + 1);
  return (id) => {
    let at: NodeId | undefined = id;
    // A circle of removed nodes has no end.
    for (let i = 0; at !== undefined && gone.has(at); i++) {
      const [edge, ...more]: readonly Edge[] = leaving.get(at) ?? [];
      at = i < gone.size && more.length === 0 && entering.get(at) === 1 ? edge?.to : undefined;
    }
    return at;
  };
}

/** Connects a port to a node. If the port led to another node, it leads to this one instead. */
export function connect({ from, port, to }: Edge): Command {
  return (flow) => {
    const ids = new Set(flow.nodes.map(({ id }) => id));
    if (!ids.has(from) || !ids.has(to)) return flow;
    const before = flow.edges.find((edge) => isPort(edge, { from, port }));
    if (before?.to === to) return flow;
    if (!before) return { ...flow, edges: [...flow.edges, { from, port, to }] };
    return { ...flow, edges: flow.edges.map((edge) => (edge === before ? { ...edge, to } : edge)) };
  };
}

/** Removes the edges of ports. */
export function disconnect(...ports: readonly PortOfNode[]): Command {
  return (flow) => {
    const edges = flow.edges.filter((edge) => !ports.some((port) => isPort(edge, port)));
    return edges.length === flow.edges.length ? flow : { ...flow, edges };
  };
}

/** Moves nodes to new places, rounded to whole pixels. */
export function moveNodes(positions: Readonly<Record<NodeId, Point>>): Command {
  return changeNodes((node) => {
    const to = Object.hasOwn(positions, node.id) ? positions[node.id] : undefined;
    if (!to) return node;
    const { x, y } = rounded(to);
    return node.position?.x === x && node.position.y === y ? node : { ...node, position: { ...node.position, x, y } };
  });
}

/** A value for a place in the params of a node; undefined removes what is there. */
export interface ParamChange {
  readonly node: NodeId;
  /** JSON Pointer into the params. */
  readonly pointer: string;
  readonly value: Json | undefined;
}

/**
 * Sets or removes a value in the params of a node. Edges follow their ports: renaming a port takes its edge along, and a port that no longer
 * exists loses its edge. Translations follow the members of lists.
 *
 * @example
 * setParam({ node: 'which', pointer: '/branches/1', value: undefined }, descriptor)   // removes a branch, and its edge
 */
export function setParam({ node: id, pointer, value }: ParamChange, descriptor: NodeDescriptor | undefined): Command {
  return (flow) => {
    const before = flow.nodes.find((node) => node.id === id);
    const params = before && withValueAt(before.params, pointer, value);
    if (!before || !params || params === before.params) return flow;
    const after = withTextsCarried(before, params);
    const changed = { ...flow, nodes: flow.nodes.map((node) => (node === before ? after : node)) };
    return withEdgesCarried(changed, { before, after, descriptor });
  };
}

/** Sets or removes a member of a node beside its params. An empty text removes it. */
export function setNode(id: NodeId, member: 'name' | 'remark', value: string | undefined): Command {
  return changeNodes((node) => (node.id === id ? withValueAt(node, `/${member}`, value === '' ? undefined : value) : node));
}

/** Sets the params of a node together with the version of its type that they are for. */
export function setVersion(id: NodeId, { version, params }: Pick<FlowNode, 'version' | 'params'>): Command {
  return changeNodes((node) => (node.id === id ? { ...node, version, params } : node));
}

/** Members of a flow that have commands of their own, or never change. */
const OWN_COMMANDS: readonly string[] = ['nodes', 'edges', 'format', 'code'];

/**
 * Sets or removes a value of the flow itself: its name, remark, triggers, variables, settings and notes.
 *
 * @example setFlow('/triggers/0/match/keywords', ['hi', 'hello'])
 */
export function setFlow(pointer: string, value: Json | undefined): Command {
  const [member] = partsOfPointer(pointer);
  if (member === undefined || OWN_COMMANDS.includes(member)) return unchanged;
  return (flow) => {
    const changed = withValueAt(flow, pointer, value);
    return isSame(changed, flow) ? flow : changed;
  };
}

function unchanged(flow: FlowDefinition): FlowDefinition {
  return flow;
}

function changeNodes(change: (node: FlowNode) => FlowNode): Command {
  return (flow) => {
    const nodes = flow.nodes.map(change);
    return nodes.every((node, i) => node === flow.nodes[i]) ? flow : { ...flow, nodes };
  };
}

function isPort(edge: Edge, { from, port }: PortOfNode): boolean {
  return edge.from === from && edge.port === port;
}

function rounded({ x, y }: Point): Point {
  // Adding 0 makes -0 a 0, which JSON has not.
  return { x: Math.round(x) + 0, y: Math.round(y) + 0 };
}
