import type { FlowDefinition } from '../../../../src/contract/index.js';
import type { Command } from '../../../src/flow/commands.js';

/** A flow with a message and its end. */
export const FLOW: FlowDefinition = {
  format: 'parley/1',
  code: 'hello',
  name: 'Hello',
  triggers: [],
  nodes: [
    { id: 'start', type: 'start', params: {}, position: { x: 0, y: 0 } },
    { id: 'ask', type: 'send-message', params: { message: { type: 'text', text: 'Hello' } }, position: { x: 200, y: 0 } },
    { id: 'end', type: 'end', params: {}, position: { x: 500, y: 0 } },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'ask' },
    { from: 'ask', port: 'next', to: 'end' },
  ],
};

/** Names a node: the smallest change that a test can tell from others. */
export const nameNode =
  (id: string, name: string): Command =>
  (flow) => ({ ...flow, nodes: flow.nodes.map((node) => (node.id === id ? { ...node, name } : node)) });

/** Returns the name of a node. */
export function nameOf(flow: FlowDefinition, id: string): string | undefined {
  return flow.nodes.find((node) => node.id === id)?.name;
}
