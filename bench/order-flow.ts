import type { FlowDefinition } from '../src/contract/index.js';

/**
 * A flow with conditions, dates, filters and a list: an order desk. From the third message on it answers with a list of what to do, until a
 * date; before that with a text.
 */
export const ORDERS: FlowDefinition = {
  format: 'parley/1',
  code: 'orders',
  name: 'Orders',
  triggers: [{ type: 'TriggeredByWhatsApp' }],
  settings: { timeZone: 'Europe/Berlin' },
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    { id: 'zero', type: 'set-variables', version: 1, params: { set: [{ name: 'n', value: 0 }] } },
    {
      id: 'welcome',
      type: 'send-whatsapp-message',
      version: 1,
      params: { action: 'reply', message: { type: 'text', text: 'Welcome, {{ customerName | default: "friend" }}. What do you need?' } },
    },
    {
      id: 'listen',
      type: 'wait-for-response',
      version: 1,
      params: { timeout: { value: 1, unit: 'days' }, timeoutBranch: true, saveAs: 'answer' },
    },
    {
      id: 'note',
      type: 'set-variables',
      version: 1,
      params: {
        set: [
          { name: 'n', value: '{{ n | plus: 1 }}' },
          { name: 'goods', value: '{{ answer | strip | upcase | truncate: 24 }}' },
          { name: 'total', value: '{{ n | times: 4.25 | round: 2 }}' },
          { name: 'day', value: '{{ now | date: "%Y-%m-%d" }}' },
        ],
      },
    },
    {
      id: 'which',
      type: 'conditional-branch',
      version: 1,
      params: {
        branches: [
          { name: 'closed', when: { variable: 'day', operator: 'dateGreaterThan', value: '2099-12-31' } },
          {
            name: 'known',
            when: {
              all: [
                { variable: 'n', operator: 'numberGreaterThan', value: 2 },
                { variable: 'goods', operator: 'stringContains', value: 'message' },
                { not: { variable: 'customerName', operator: 'stringIsBlank' } },
              ],
            },
          },
        ],
      },
    },
    {
      id: 'list',
      type: 'send-whatsapp-message',
      version: 1,
      params: {
        action: 'reply',
        message: {
          type: 'text',
          text: '{{ goods }}: {{ total }} euros on {{ now | date: "%A %-d %B %Y" }}, {{ customerName }}.',
          footer: 'Order {{ n }}',
          listButton: 'What next?',
          choicesAs: 'list',
          choices: [
            { id: 'pay', title: 'Pay {{ total }}', description: 'By card, until {{ day }}' },
            { id: 'more', title: 'Add something' },
            { id: 'change', title: 'Change the address' },
            { id: 'cancel', title: 'Cancel', description: 'Order {{ n }} of {{ customerName }}' },
          ],
        },
      },
    },
    {
      id: 'text',
      type: 'send-whatsapp-message',
      version: 1,
      params: { action: 'reply', message: { type: 'text', text: 'Noted, {{ customerName }}: {{ goods }} for {{ total }} euros.' } },
    },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'zero' },
    { from: 'zero', port: 'next', to: 'welcome' },
    { from: 'welcome', port: 'next', to: 'listen' },
    { from: 'listen', port: 'replied', to: 'note' },
    { from: 'listen', port: 'notReplied', to: 'end' },
    { from: 'note', port: 'next', to: 'which' },
    { from: 'which', port: 'closed', to: 'end' },
    { from: 'which', port: 'known', to: 'list' },
    { from: 'which', port: 'else', to: 'text' },
    { from: 'list', port: 'next', to: 'listen' },
    { from: 'text', port: 'next', to: 'listen' },
  ],
};
