import type { FlowDefinition, FlowNode } from '../src/contract/index.js';

/** Where a node leads: from its port `next`, or from each of its ports. */
type Ways = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** Creates a flow that starts with its keyword on both platforms. Start and end are added to its nodes. */
export function flow(keyword: string, { nodes, edges }: Pick<FlowDefinition, 'nodes' | 'edges'>): FlowDefinition {
  return {
    format: 'parley/1',
    code: `chaos-${keyword}`,
    name: `Chaos, ${keyword}`,
    triggers: [
      { type: 'TriggeredByWhatsApp', match: { keywords: [keyword] } },
      { type: 'TriggeredByViber', match: { keywords: [keyword] } },
    ],
    nodes: [{ id: 'start', type: 'start', version: 1, params: {} }, ...nodes, { id: 'end', type: 'end', version: 1, params: {} }],
    edges,
  };
}

/** Creates edges: `{ hello: 'ask', ask: { answered: 'end' } }`. */
export function edgesOf(ways: Ways): FlowDefinition['edges'] {
  return Object.entries(ways).flatMap(([from, to]) =>
    Object.entries(typeof to === 'string' ? { next: to } : to).map(([port, target]) => ({ from, port, to: target })),
  );
}

export function say(id: string, text: string): FlowNode {
  return { id, type: 'send-message', version: 1, params: { action: 'reply', message: { type: 'text', text } } };
}

export function set(id: string, values: Readonly<Record<string, string | number>>): FlowNode {
  const rows = Object.entries(values).map(([name, value]) => ({ name, value }));
  return { id, type: 'set-variables', version: 1, params: { set: rows } };
}
