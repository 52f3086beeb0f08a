import { sendNode } from '../../src/nodes/send.js';

/** Sends on WhatsApp: a reply to the contact, or from an account to an address. */
export const node = sendNode({
  type: 'send-whatsapp-message',
  title: 'Send a WhatsApp message',
  sentence: 'Sends a message on WhatsApp, with all that WhatsApp can show.',
  icon: 'brand-whatsapp',
  platforms: ['whatsapp'],
});
