import { choicesShown, cutText } from '../../src/adapter-kit/index.js';
import type { JsonObject, OutboundMessage } from '../../src/contract/index.js';
import { carouselContent } from './carousel.js';
import { choicesContent, textContent } from './choices.js';
import { interactive, nonEmpty } from './json.js';
import { limits } from './limits.js';
import { templateContent } from './template.js';

/**
 * Returns the contents of a message in Meta's JSON, `{ type, <type>: … }`: one, or two where WhatsApp cannot show a file and its choices
 * together. The provider's adapter adds the recipient.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 *
 * @example outboundContents({ type: 'text', text: 'Hi' })   // [{ type: 'text', text: { body: 'Hi' } }]
 * @throws Error for `rich-media` and `keyboard`, which only Viber has. The check refuses them.
 */
export function outboundContents(message: OutboundMessage): readonly JsonObject[] {
  switch (message.type) {
    case 'text':
      return [message.choices?.length ? choicesContent(message.text, message) : textContent(message.text, message.previewUrl)];
    case 'image':
    case 'video':
    case 'document':
      return fileContents(message);
    case 'audio':
      return [{ type: 'audio', audio: { link: message.url } }];
    case 'sticker':
      return [{ type: 'sticker', sticker: message.url === undefined ? { id: `${message.stickerId ?? ''}` } : { link: message.url } }];
    case 'location': {
      const { latitude, longitude, name, address } = message;
      return [{ type: 'location', location: { latitude, longitude, ...nonEmpty({ name, address }) } }];
    }
    case 'contacts':
      return [{ type: 'contacts', contacts: message.contacts.map(contactCard) }];
    case 'link':
      return [linkContent(message)];
    case 'template':
      return [templateContent(message)];
    case 'carousel':
      return [carouselContent(message)];
    case 'reaction':
      return [{ type: 'reaction', reaction: { message_id: message.messageId, emoji: message.emoji } }];
    case 'native':
      return [message.body];
    case 'rich-media':
    case 'keyboard':
      throw new Error(`WhatsApp has no message of type "${message.type}"`);
  }
}

/** Buttons stand below the file. A list cannot, and choices need a text above them: then the choices are a message of their own. */
function fileContents(message: Extract<OutboundMessage, { type: 'image' | 'video' | 'document' }>): readonly JsonObject[] {
  const { type, url, text = '', choices = [] } = message;
  const isBlank = text.trim() === '';
  const file = { link: url, ...(type === 'document' ? nonEmpty({ filename: message.fileName }) : {}) };
  if (choices.length === 0) return [{ type, [type]: { ...file, ...(isBlank ? {} : { caption: cutText(text, limits.caption) }) } }];
  const isBelow = !isBlank && choicesShown({ ...message, choices }, limits) === 'buttons';
  if (isBelow) return [choicesContent(text, message, { type, [type]: file })];
  return [{ type, [type]: file }, choicesContent(isBlank ? '👇' : text, message)];
}

function linkContent({ text, button, url }: Extract<OutboundMessage, { type: 'link' }>): JsonObject {
  const parameters = { display_text: cutText(button, limits.link.button), url };
  const body = { text: cutText(text, limits.link.text) };
  return interactive({ type: 'cta_url', body, action: { name: 'cta_url', parameters } });
}

function contactCard({ name, phone = '', email = '' }: Extract<OutboundMessage, { type: 'contacts' }>['contacts'][number]): JsonObject {
  return {
    name: { formatted_name: name, first_name: name },
    ...(phone === '' ? {} : { phones: [{ phone, type: 'CELL' }] }),
    ...(email === '' ? {} : { emails: [{ email, type: 'WORK' }] }),
  };
}
