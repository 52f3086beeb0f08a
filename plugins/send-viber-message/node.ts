import { sendNode } from '../../src/nodes/send.js';

/** Sends on Viber: a reply to the contact, or from a bot to a user. */
export const node = sendNode({
  type: 'send-viber-message',
  title: 'Send a Viber message',
  sentence: 'Sends a message on Viber, with all that Viber can show.',
  icon: 'message-2',
  platforms: ['viber'],
});
