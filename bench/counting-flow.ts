import type { FlowDefinition } from '../src/contract/index.js';

/** The flow of the benches: sends `ready`, then answers each message with its number and its text, and waits again. */
export const COUNTING: FlowDefinition = {
  format: 'parley/1',
  code: 'count',
  name: 'Count',
  triggers: [{ type: 'TriggeredByWhatsApp' }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    { id: 'zero', type: 'set-variables', version: 1, params: { set: [{ name: 'n', value: 0 }] } },
    { id: 'ready', type: 'send-whatsapp-message', version: 1, params: { action: 'reply', message: { type: 'text', text: 'ready' } } },
    {
      id: 'listen',
      type: 'wait-for-response',
      version: 1,
      params: { timeout: { value: 1, unit: 'days' }, timeoutBranch: true, saveAs: 'answer' },
    },
    { id: 'add', type: 'set-variables', version: 1, params: { set: [{ name: 'n', value: '{{ n | plus: 1 }}' }] } },
    {
      id: 'tell',
      type: 'send-whatsapp-message',
      version: 1,
      params: { action: 'reply', message: { type: 'text', text: '{{ n }}: {{ answer }}' } },
    },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'zero' },
    { from: 'zero', port: 'next', to: 'ready' },
    { from: 'ready', port: 'next', to: 'listen' },
    { from: 'listen', port: 'replied', to: 'add' },
    { from: 'listen', port: 'notReplied', to: 'end' },
    { from: 'add', port: 'next', to: 'tell' },
    { from: 'tell', port: 'next', to: 'listen' },
  ],
};
