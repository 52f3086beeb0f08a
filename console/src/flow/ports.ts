import type { Edge, FlowDefinition, FlowNode, NodeId } from '../../../src/contract/flow.js';
import type { Field } from '../../../src/contract/form.js';
import { isObject } from '../../../src/contract/json/json-members.js';
import type { Json, JsonObject } from '../../../src/contract/json.js';
import { type Port, portsOf } from '../../../src/contract/ports.js';
import type { NodeDescriptor } from '../api/descriptors.js';
import type { Say } from './say.js';

/** A port of a node: the end of an edge, or the place where one can begin. */
export interface PortOfNode {
  readonly from: NodeId;
  readonly port: string;
}

const NO_EDGES: readonly Edge[] = [];

/**
 * Returns the ports of a node, as the engine has them. Edges that leave the node by a port that it does not have, and all edges of a node
 * of an unknown type, are ports at the end of the list, so that they can be seen and removed.
 *
 * @param edges - the edges that leave this node, see `edgesByNode`; without them only the ports of the type are returned
 */
export function portsOfNode(node: FlowNode, descriptor: NodeDescriptor | undefined, edges = NO_EDGES): readonly Port[] {
  const own = descriptor ? portsOf(descriptor.ports, withDefaults(node.params, descriptor.form)) : [];
  const known = new Set(own.map(({ name }) => name));
  const lost = [...new Set(edges.map(({ port }) => port))].filter((port) => !known.has(port));
  return lost.length === 0 ? own : [...own, ...lost.map((name): Port => ({ name, kind: 'way' }))];
}

/** Returns the port by which the flow usually goes on: the first one that is a way. */
export function mainPort(node: FlowNode, descriptor: NodeDescriptor | undefined): Port | undefined {
  return portsOfNode(node, descriptor).find(({ kind }) => kind === 'way');
}

/** Returns the first way of a node that leads nowhere, else its main port: where a node that is added next to it is connected. */
export function nextPort(node: FlowNode, descriptor: NodeDescriptor | undefined, edges: readonly Edge[]): Port | undefined {
  const linked = new Set(edges.filter(({ from }) => from === node.id).map(({ port }) => port));
  const ways = portsOfNode(node, descriptor).filter(({ kind }) => kind === 'way');
  return ways.find(({ name }) => !linked.has(name)) ?? ways[0];
}

/** Returns the edge that leaves a port. */
export function edgeOf(flow: FlowDefinition, { from, port }: PortOfNode): Edge | undefined {
  return flow.edges.find((edge) => edge.from === from && edge.port === port);
}

/** Returns the edges by the node that they leave, each list in the order of the file. */
export function edgesByNode(edges: readonly Edge[]): ReadonlyMap<NodeId, readonly Edge[]> {
  const found = new Map<NodeId, Edge[]>();
  for (const edge of edges) {
    const list = found.get(edge.from);
    if (list) list.push(edge);
    else found.set(edge.from, [edge]);
  }
  return found;
}

/** Returns the words for a port: its title, else its name as words: `notReplied` is "Not replied". */
export function titleOfPort({ name, title }: Pick<Port, 'name' | 'title'>): string {
  if (title !== undefined && title.trim() !== '') return title;
  const words = name.replace(/([a-z0-9])([A-Z])/g, (_all, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Says what a port is called. The names and titles that an author gave are shown as they are. */
export function sayPort(port: Pick<Port, 'name' | 'title' | 'pointer'>, say: Say): string {
  return port.pointer === undefined ? say(titleOfPort(port)) : titleOfPort(port);
}

/** Returns params with the defaults of the members that are missing, as the engine gets them. Only objects that are there are filled. */
export function withDefaults(params: JsonObject, form: Field): JsonObject {
  const missing: Record<string, Json> = {};
  for (const { name, field } of form.fields ?? []) {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined && field.default !== undefined) missing[name] = field.default;
    else if (field.kind === 'object' && isObject(value)) {
      const filled = withDefaults(value, field);
      if (filled !== value) missing[name] = filled;
    }
  }
  return Object.keys(missing).length === 0 ? params : { ...params, ...missing };
}
