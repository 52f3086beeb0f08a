import { limits } from '../../platforms/whatsapp/limits.js';
import {
  type Choice,
  type Choices,
  choicesShown,
  type JsonObject,
  type OutboundMessage,
  type ProviderRequest,
  type TemplateMessage,
} from '../../src/contract/index.js';
import { cutApart, cutText, lengthOf } from '../../src/text/cut-text.js';
import { showsNumbers } from '../../src/text/shows-numbers.js';
import type { WhatsAppConfig } from './config.js';
import { endpointOf } from './endpoint.js';

/** How addresses of group chats begin. */
const GROUP = 'group:';

/**
 * The requests that show a message: one, or two where WhatsApp cannot show media and a list together.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */
export function render(to: string, message: OutboundMessage, config: WhatsAppConfig, effectId: string): readonly ProviderRequest[] {
  const quoted = message.replyTo === undefined ? {} : { context: { message_id: message.replyTo } };
  const endpoint = endpointOf(config);
  return contents(message).map((content) => {
    const body = {
      messaging_product: 'whatsapp',
      ...recipient(to),
      ...quoted,
      ...content,
      biz_opaque_callback_data: effectId,
    };
    return { method: 'POST', ...endpoint, body: JSON.stringify(body) };
  });
}

/** A group, a phone number with its `+`, or a business-scoped user id. */
function recipient(to: string): JsonObject {
  if (to.startsWith(GROUP)) return { recipient_type: 'group', to: to.slice(GROUP.length) };
  return { recipient_type: 'individual', ...person(to) };
}

function person(to: string): JsonObject {
  return /^[A-Z]{2}\./.test(to) ? { recipient: to } : { to: `+${to.replace(/\D/g, '')}` };
}

function contents(message: OutboundMessage): readonly JsonObject[] {
  switch (message.type) {
    case 'text':
      return message.choices?.length ? withChoices(message.text, message) : [textBody(message.text, message.previewUrl)];
    case 'image':
    case 'video':
    case 'document':
      return mediaBodies(message);
    case 'audio':
      return [{ type: 'audio', audio: { link: message.url } }];
    case 'sticker':
      return [{ type: 'sticker', sticker: message.url === undefined ? { id: `${message.stickerId ?? ''}` } : { link: message.url } }];
    case 'location': {
      const { latitude, longitude, name, address } = message;
      return [{ type: 'location', location: { latitude, longitude, ...given({ name, address }) } }];
    }
    case 'contacts':
      return [{ type: 'contacts', contacts: message.contacts.map(contactCard) }];
    case 'link': {
      const parameters = { display_text: cutText(message.button, limits.link.button), url: message.url };
      return [
        interactive({ type: 'cta_url', body: { text: cutText(message.text, limits.link.text) }, action: { name: 'cta_url', parameters } }),
      ];
    }
    case 'template':
      return [{ type: 'template', template: templateBody(message) }];
    case 'carousel':
      return [carouselBody(message)];
    case 'reaction':
      return [{ type: 'reaction', reaction: { message_id: message.messageId, emoji: message.emoji } }];
    case 'native':
      return [message.body];
    case 'rich-media':
    case 'keyboard':
      throw new Error(`WhatsApp has no message of type "${message.type}"`);
  }
}

function textBody(text: string, previewUrl: boolean | undefined): JsonObject {
  return { type: 'text', text: { body: cutText(text, limits.text), ...(previewUrl === undefined ? {} : { preview_url: previewUrl }) } };
}

type MediaMessage = Extract<OutboundMessage, { type: 'image' | 'video' | 'document' }>;

function mediaBodies(message: MediaMessage): readonly JsonObject[] {
  const { type, url, text = '' } = message;
  const media = { link: url, ...(type === 'document' ? given({ filename: message.fileName }) : {}) };
  const caption = (words: string) => (words.trim() === '' ? {} : { caption: cutText(words, limits.caption) });
  const choices = message.choices ?? [];
  if (choices.length === 0) return [{ type, [type]: { ...media, ...caption(text) } }];
  const as = choicesShown({ ...message, choices }, limits);
  if (as === 'buttons' && text.trim() !== '') return withChoices(text, message, { type, [type]: media });
  // A list takes no picture above it, and choices need words to stand under.
  return [{ type, [type]: media }, ...withChoices(text.trim() === '' ? '👇' : text, message)];
}

function withChoices(text: string, message: Choices, header?: JsonObject): readonly JsonObject[] {
  const choices = message.choices ?? [];
  const as = choicesShown({ ...message, choices }, limits);
  if (as === 'text') return [textBody(numbered(text, choices), undefined)];
  const words =
    message.header === undefined || message.header.trim() === ''
      ? undefined
      : { type: 'text', text: cutText(message.header, limits.header) };
  const top = header ?? words;
  const frame = {
    ...(top ? { header: top } : {}),
    body: { text: cutText(text, as === 'list' ? limits.text : limits.bodyWithChoices) },
    ...(message.footer === undefined || message.footer.trim() === '' ? {} : { footer: { text: cutText(message.footer, limits.footer) } }),
  };
  if (as === 'buttons') {
    const titles = cutApart(titlesOf(choices), limits.buttons.title);
    const ids = cutApart(
      choices.map(({ id }) => id),
      limits.buttons.id,
    );
    const buttons = choices.map((_, i) => ({ type: 'reply', reply: { id: ids[i] ?? '', title: titles[i] ?? '' } }));
    return [interactive({ type: 'button', ...frame, action: { buttons } })];
  }
  const titles = cutApart(titlesOf(choices), limits.list.title);
  const ids = cutApart(
    choices.map(({ id }) => id),
    limits.list.id,
  );
  const rows = choices.map(({ description = '' }, i) => ({
    id: ids[i] ?? '',
    title: titles[i] ?? '',
    ...(description.trim() === '' ? {} : { description: cutText(description, limits.list.description) }),
  }));
  const button =
    message.listButton === undefined || message.listButton.trim() === '' ? 'Choose' : cutText(message.listButton, limits.list.button);
  return [interactive({ type: 'list', ...frame, action: { button, sections: [{ rows }] } })];
}

/** A title that came out empty is shown by its id: Meta refuses an empty one. */
function titlesOf(choices: readonly Choice[]): readonly string[] {
  return choices.map(({ id, title }) => (title.trim() === '' ? id : title));
}

/** The whole list stays readable: the text above it gives way first. */
function numbered(text: string, choices: readonly Choice[]): string {
  const isNumbered = showsNumbers(choices);
  const list = titlesOf(choices)
    .map((title, i) => (isNumbered ? `${i + 1}. ${title}` : title))
    .join('\n');
  const room = limits.text - lengthOf(list) - 2;
  return room > 1 ? `${cutText(text, room)}\n\n${list}` : cutText(list, limits.text);
}

function contactCard({ name, phone, email }: { readonly name: string; readonly phone?: string; readonly email?: string }): JsonObject {
  return {
    name: { formatted_name: name, first_name: name },
    ...(phone === undefined || phone === '' ? {} : { phones: [{ phone, type: 'CELL' }] }),
    ...(email === undefined || email === '' ? {} : { emails: [{ email, type: 'WORK' }] }),
  };
}

function templateBody({ name, language, header, body, buttons = [] }: TemplateMessage): JsonObject {
  const components: JsonObject[] = [];
  if (header) components.push({ type: 'header', parameters: [headerParameter(header)] });
  if (body) {
    const parameters = Array.isArray(body)
      ? (body as readonly string[]).map((text) => ({ type: 'text', text: filled(text) }))
      : Object.entries(body).map(([parameter_name, text]) => ({ type: 'text', parameter_name, text: filled(text) }));
    if (parameters.length > 0) components.push({ type: 'body', parameters });
  }
  for (const { index, payload, url } of buttons) {
    const parameter = url === undefined ? { type: 'payload', payload: filled(payload ?? '') } : { type: 'text', text: filled(url) };
    components.push({ type: 'button', sub_type: url === undefined ? 'quick_reply' : 'url', index: `${index}`, parameters: [parameter] });
  }
  return { name, language: { code: language }, ...(components.length > 0 ? { components } : {}) };
}

/** Meta refuses an empty parameter, and the whole template with it. */
function filled(text: string): string {
  return text.trim() === '' ? '-' : cutText(text, limits.caption);
}

function headerParameter({ type, text = '', url = '', fileName }: NonNullable<TemplateMessage['header']>): JsonObject {
  if (type === 'text') return { type, text: filled(text) };
  return { type, [type]: { link: url, ...(type === 'document' ? given({ filename: fileName }) : {}) } };
}

function carouselBody({ text, cards }: Extract<OutboundMessage, { type: 'carousel' }>): JsonObject {
  const shown = cards.map((card, card_index) => {
    const replies = (card.choices ?? []).map(({ id, title }) => ({
      type: 'quick_reply',
      quick_reply: { id: cutText(id, limits.buttons.id), title: cutText(title, limits.buttons.title) },
    }));
    const link = { name: 'cta_url', parameters: { display_text: cutText(card.button ?? 'Open', limits.link.button), url: card.url ?? '' } };
    return {
      card_index,
      type: 'cta_url',
      header: { type: 'image', image: { link: card.imageUrl } },
      body: { text: cutText(card.text, limits.carousel?.cardText ?? limits.caption) },
      action: replies.length > 0 ? { buttons: replies } : link,
    };
  });
  return interactive({
    type: 'carousel',
    body: { text: cutText(text, limits.carousel?.text ?? limits.caption) },
    action: { cards: shown },
  });
}

function interactive(content: JsonObject): JsonObject {
  return { type: 'interactive', interactive: content };
}

/** Members that are there and not empty. */
function given(members: Readonly<Record<string, string | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== ''));
}
