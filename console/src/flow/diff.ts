import type { Edge, FlowDefinition, FlowNode, NodeId } from '../../../src/contract/flow.js';
import { isObject } from '../../../src/contract/json/json-members.js';
import { pointerOf } from '../../../src/contract/json/json-pointer.js';
import type { Json, JsonObject } from '../../../src/contract/json.js';
import { isSame } from './json-edit.js';

/** A difference between two states of a flow. Where nodes are on the canvas makes no difference. */
export type Change =
  | { readonly kind: 'added' | 'removed'; readonly node: FlowNode }
  | { readonly kind: 'changed'; readonly was: FlowNode; readonly is: FlowNode; readonly fields: readonly FieldChange[] }
  /** The port of a node that is in both states leads elsewhere; nowhere if a member is missing. */
  | { readonly kind: 'way'; readonly from: NodeId; readonly port: string; readonly was?: NodeId; readonly is?: NodeId }
  /** The flow itself: its name, triggers, variables, settings. */
  | { readonly kind: 'flow'; readonly fields: readonly FieldChange[] };

/** A value that is different. A member of a list that was added has no `was`, and its pointer is that of the new list. */
export interface FieldChange {
  /** JSON Pointer into the node, such as `/params/message/text`, or into the flow. */
  readonly pointer: string;
  readonly was?: Json;
  readonly is?: Json;
}

/** Returns what is different: the flow itself first, then its nodes in their new order with the ways that leave them, then removed nodes. */
export function diffOf(was: FlowDefinition, is: FlowDefinition): readonly Change[] {
  const [before, after] = [byId(was.nodes), byId(is.nodes)];
  const fields = fieldChanges(envelopeOf(was), envelopeOf(is), []);
  const ways = [...waysOf(was.edges, is.edges)].filter(({ from }) => before.has(from) && after.has(from));
  return [
    ...(fields.length > 0 ? [{ kind: 'flow' as const, fields }] : []),
    ...[...after.values()].flatMap((node) => [...nodeChange(before.get(node.id), node), ...ways.filter(({ from }) => from === node.id)]),
    ...[...before.values()].flatMap((node) => (after.has(node.id) ? [] : [{ kind: 'removed' as const, node }])),
  ];
}

function nodeChange(was: FlowNode | undefined, is: FlowNode): readonly Change[] {
  if (was === is) return [];
  if (!was) return [{ kind: 'added', node: is }];
  const fields = fieldChanges(withoutPosition(was), withoutPosition(is), []);
  return fields.length > 0 ? [{ kind: 'changed', was, is, fields }] : [];
}

function* waysOf(was: readonly Edge[], is: readonly Edge[]): Iterable<Extract<Change, { readonly kind: 'way' }>> {
  const [before, after] = [byPort(was), byPort(is)];
  for (const [key, { from, port, to }] of after) {
    const old = before.get(key)?.to;
    if (old !== to) yield { kind: 'way', from, port, is: to, ...(old === undefined ? {} : { was: old }) };
  }
  for (const [key, { from, port, to }] of before) if (!after.has(key)) yield { kind: 'way', from, port, was: to };
}

function fieldChanges(was: unknown, is: unknown, path: readonly (string | number)[]): readonly FieldChange[] {
  if (isSame(was, is)) return [];
  if (isObject(was) && isObject(is) && !(isDuration(was) && isDuration(is))) {
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
    return names.flatMap((name) => fieldChanges(own(was, name), own(is, name), [...path, name]));
  }
  if (Array.isArray(was) && Array.isArray(is)) return listChanges(was, is, path);
  return [fieldChange({ was, is }, path)];
}

/** A length of time is read as a whole: 10 minutes became 1 hour. */
function isDuration({ value, unit, ...others }: JsonObject): boolean {
  return typeof value === 'number' && typeof unit === 'string' && Object.keys(others).length === 0;
}

/** Members that the lists begin and end with are the same; the others are compared in order, and what is left was added or removed. */
function listChanges(was: readonly unknown[], is: readonly unknown[], path: readonly (string | number)[]): readonly FieldChange[] {
  const shorter = Math.min(was.length, is.length);
  let first = 0;
  while (first < shorter && isSame(was[first], is[first])) first++;
  let last = 0;
  while (last < shorter - first && isSame(was.at(-1 - last), is.at(-1 - last))) last++;
  const [old, fresh] = [was.slice(first, was.length - last), is.slice(first, is.length - last)];
  return Array.from({ length: Math.max(old.length, fresh.length) }, (_, i) => {
    const at = [...path, first + i];
    return i < old.length && i < fresh.length ? fieldChanges(old[i], fresh[i], at) : [fieldChange({ was: old[i], is: fresh[i] }, at)];
  }).flat();
}

function fieldChange({ was, is }: { readonly was: unknown; readonly is: unknown }, path: readonly (string | number)[]): FieldChange {
  const values = { ...(was === undefined ? {} : { was: was as Json }), ...(is === undefined ? {} : { is: is as Json }) };
  return { pointer: pointerOf(path), ...values };
}

function envelopeOf({ nodes: _nodes, edges: _edges, notes, ...rest }: FlowDefinition): JsonObject {
  return { ...(rest as object), ...(notes ? { notes: notes.map(({ position: _position, ...note }) => note) } : {}) };
}

function withoutPosition({ position: _position, ...node }: FlowNode): Omit<FlowNode, 'position'> {
  return node;
}

function own(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function byId(nodes: readonly FlowNode[]): ReadonlyMap<NodeId, FlowNode> {
  return new Map(nodes.map((node) => [node.id, node]));
}

function byPort(edges: readonly Edge[]): ReadonlyMap<string, Edge> {
  return new Map(edges.map((edge) => [`${edge.from} ${edge.port}`, edge]));
}
