import type { Edge, FlowDefinition, FlowNode } from '../src/contract/index.js';

/** The flow of a campaign: it fills a template with the data of the start, and ends. */
export const SHIPPED = shipped('shipped', []);

/** The same after a wait until a date, which is an input. */
export const SHIPPED_LATER = shipped('shipped-later', [{ id: 'wait', type: 'wait', version: 1, params: { untilDate: '{{ until }}' } }]);

function shipped(code: string, before: readonly FlowNode[]): FlowDefinition {
  const message = { type: 'template', name: 'shipped', language: 'en', body: ['{{ customerName }}', '{{ order }}'] };
  const nodes: readonly FlowNode[] = [
    { id: 'start', type: 'start', version: 1, params: {} },
    ...before,
    { id: 'tell', type: 'send-whatsapp-message', version: 1, params: { action: 'reply', message } },
    { id: 'end', type: 'end', version: 1, params: {} },
  ];
  const edges: readonly Edge[] = nodes.slice(1).map(({ id }, i) => ({ from: nodes[i]?.id ?? '', port: 'next', to: id }));
  return {
    format: 'parley/1',
    code,
    name: 'Shipped',
    triggers: [{ type: 'TriggeredManually' }],
    variables: [
      { name: 'order', type: 'text', input: true, required: true },
      ...(before.length === 0 ? [] : [{ name: 'until', type: 'text' as const, input: true, required: true }]),
    ],
    nodes,
    edges,
  };
}
