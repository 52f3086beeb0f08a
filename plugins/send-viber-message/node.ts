import { sendNode } from '../../src/nodes/send.js';

/** Sends on Viber: a reply to the contact, or from a bot to a user. */
export const node = sendNode({ type: 'send-viber-message', title: 'Send a Viber message', platforms: ['viber'] });
