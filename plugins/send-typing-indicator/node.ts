import type { NodeType } from '../../src/contract/index.js';
import { closed } from '../../src/params/fields.js';

/** Shows the person that an answer is being written, and goes on at once. */
export const node: NodeType<object> = {
  type: 'send-typing-indicator',
  version: 1,
  title: 'Show "typing…"',
  sentence: 'Shows "typing…" on WhatsApp until the next message, and marks what the person wrote as read.',
  words: ['indicator', 'dots', 'read', 'seen', 'ticks', 'patience'],
  icon: 'dots',
  group: 'messaging',
  params: closed<object>({}),
  ports: [{ name: 'next', title: 'Next' }],
  check: (_, { platforms }) =>
    platforms.length === 0 || platforms.includes('whatsapp')
      ? []
      : [
          {
            pointer: '',
            code: 'node/other-platform',
            message: `${platforms.join(' and ')} has no typing indicator, and none of the flow's triggers is on whatsapp`,
            hint: 'Remove the node, or add a trigger on whatsapp.',
            severity: 'warning',
          },
        ],
  enter: () => ({ effects: [{ kind: 'typing' }], then: { exit: 'next' } }),
};
