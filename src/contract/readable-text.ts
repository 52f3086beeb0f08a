import type { OutboundMessage } from './message.js';

/** Returns what a person reads of a message, as one text. */
export function readableText(message: OutboundMessage): string {
  switch (message.type) {
    case 'template': {
      const { body = [] } = message;
      return (Array.isArray(body) ? body : Object.values(body)).join(' ');
    }
    case 'contacts':
      return message.contacts.map(({ name }) => name).join(', ');
    case 'location':
      return message.name ?? message.address ?? `${message.latitude}, ${message.longitude}`;
    case 'reaction':
      return message.emoji;
    case 'audio':
    case 'sticker':
    case 'native':
      return '';
    default:
      return message.text ?? '';
  }
}
