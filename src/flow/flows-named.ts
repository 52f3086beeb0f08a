import type { FlowCode, FlowDefinition, FlowNode } from '../contract/index.js';
import { partsOfPointer, valueAt } from '../contract/json/json-pointer.js';
import { heldFields } from './held-fields.js';
import type { NodeTypes } from './program.js';

/** Returns the codes of the flows that the nodes of a flow call, start or end. */
export function flowsNamed({ nodes }: FlowDefinition, nodeTypes: NodeTypes): ReadonlySet<FlowCode> {
  return new Set(nodes.flatMap((node) => fieldsOf(node, nodeTypes).map(({ value }) => value)));
}

/** Returns the flow with other codes for the flows that its nodes name. */
export function renameFlows(flow: FlowDefinition, codes: ReadonlyMap<FlowCode, FlowCode>, nodeTypes: NodeTypes): FlowDefinition {
  const nodes = flow.nodes.map((node) => {
    const named = fieldsOf(node, nodeTypes).filter(({ value }) => codes.has(value));
    if (named.length === 0) return node;
    const params = structuredClone(node.params);
    for (const { pointer, value } of named) replaceAt(params, pointer, codes.get(value) ?? value);
    return { ...node, params };
  });
  return { ...flow, nodes };
}

function fieldsOf({ type, version, params }: FlowNode, nodeTypes: NodeTypes) {
  const known = nodeTypes.get(type, version);
  return known ? heldFields(nodeTypes.describe(known.params), params).filter(({ holds }) => holds === 'flow') : [];
}

function replaceAt(params: object, pointer: string, value: string): void {
  const name = partsOfPointer(pointer).at(-1) ?? '';
  const owner = valueAt(params, pointer.slice(0, pointer.lastIndexOf('/')));
  if (owner !== null && typeof owner === 'object') Reflect.set(owner, name, value);
}
