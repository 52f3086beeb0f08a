import { sendNode } from '../../src/nodes/send.js';

/** Sends what WhatsApp and Viber both show, on the platform that the run is on: one flow for both. */
export const node = sendNode({
  type: 'send-message',
  title: 'Send a message',
  sentence: 'Sends a message on WhatsApp or Viber, wherever the person writes.',
  icon: 'message',
  platforms: ['whatsapp', 'viber'],
});
