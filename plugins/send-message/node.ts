import { sendNode } from '../../src/nodes/send.js';

/** Sends what WhatsApp and Viber both show, on the platform that the run is on: one flow for both. */
export const node = sendNode({ type: 'send-message', title: 'Send a message', platforms: ['whatsapp', 'viber'] });
