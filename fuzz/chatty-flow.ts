import type { Json } from '../src/contract/index.js';

const node = (id: string, type: string, params: Json) => ({ id, type, version: 1, params });
const say = (id: string, text: string) => node(id, 'send-message', { message: { type: 'text', text } });
const ORDER = ['start', 'read', 'repeat', 'ask', 'judge'];

/** A flow that answers any message and converts it in every way that a flow can. */
export const chattyFlow: Json = {
  format: 'parley/1',
  code: 'chatty',
  name: 'Chatty',
  triggers: [
    { type: 'TriggeredByWhatsApp' },
    { type: 'TriggeredByViber', match: { regex: '.', messageTypes: ['text', 'choice', 'location', 'contacts', 'image'] } },
    { type: 'TriggeredByViber', match: { events: ['conversation_started', 'subscribed'] } },
    { type: 'TriggeredManually', onBusy: 'interrupt' },
  ],
  variables: [{ name: 'rounds', type: 'number', default: 0 }],
  settings: { onError: 'Sorry, {{ customerName }}.' },
  nodes: [
    node('start', 'start', {}),
    node('read', 'set-variables', {
      set: (['text', 'number', 'boolean', 'date', 'list', 'object'] as const).map((type) => ({
        name: `a_${type}`,
        type,
        value: '{{ incomingMessage }}',
      })),
    }),
    say(
      'repeat',
      "{{ incomingMessage | truncate: 200 }} {{ lastMessage.form | json | truncate: 200 }} {{ a_list | join: ',' | truncate: 200 }}",
    ),
    node('ask', 'wait-for-response', { timeout: { value: 1, unit: 'days' }, saveAs: 'answer' }),
    node('judge', 'conditional-branch', {
      branches: [
        { name: 'regex', when: { variable: 'answer', operator: 'stringAnyMatchesRegex', value: '^(\\w+\\s?)+$' } },
        { name: 'in', when: { variable: 'lastMessage.form', operator: 'stringIn', value: 'a,b,{{ customerName }}' } },
        {
          name: 'date',
          when: {
            any: [
              { variable: 'answer', operator: 'dateGreaterThan', value: '2026-01-01' },
              { variable: 'answer', operator: 'numberGreaterThan', value: 3 },
            ],
          },
        },
      ],
    }),
    say('named', 'Thanks, {{ customerName }}: {{ answer }}'),
    node('end', 'end', { outputs: [] }),
  ],
  edges: [
    ...ORDER.slice(0, -1).map((from, i) => ({ from, port: from === 'ask' ? 'replied' : 'next', to: ORDER[i + 1] ?? '' })),
    ...['regex', 'in', 'date', 'else'].map((port) => ({ from: 'judge', port, to: 'named' })),
    { from: 'named', port: 'next', to: 'end' },
  ],
};
