import { sendNode } from '../../src/params/send-node.js';

/** Sends what WhatsApp and Viber both show, on the platform that the run is on: one flow for both. */
export const node = sendNode({ type: 'send-message', title: 'Send a message', platforms: ['whatsapp', 'viber'] });
