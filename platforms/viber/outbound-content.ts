import type { Choice, Choices, JsonObject, OutboundMessage } from '../../src/contract/index.js';
import { member, objectsIn, textOf } from '../../src/contract/json-members.js';
import { cutText, isLonger, lengthOf } from '../../src/text/cut-text.js';
import { carouselBodies, leftOver } from './carousel.js';
import { keyboardOf, numbered } from './keyboard.js';
import { limits, viberLimits } from './limits.js';
import { plainOf } from './markup.js';
import { linkBody, mediaBody } from './media.js';
import { type Offer, offersOf } from './tracking.js';

/** What a message comes to: its bubbles, and the buttons in them that answer. */
export interface Content {
  readonly parts: readonly JsonObject[];
  readonly offers: readonly Offer[];
}

/** Bytes of a part, so that the whole request with its envelope stays below Viber's limit; with `offers` there is more around it. */
const ROOM = limits.request - 1_500;
const ROOM_WITH_OFFERS = limits.request - 4_500;

/** Total for what Viber shows; throws for what it has no like of (templates, reactions), which the check refuses. */
export function contentOf(message: OutboundMessage): Content {
  switch (message.type) {
    case 'text':
      return wordsWithChoices(undefined, message);
    case 'image':
    case 'video':
    case 'document':
      return wordsWithChoices(mediaBody(message), message);
    case 'audio':
      return plain(linkBody(message.url));
    case 'sticker':
      return message.stickerId === undefined
        ? plain(mediaBody({ type: 'image', url: message.url ?? '' }))
        : plain({ type: 'sticker', sticker_id: message.stickerId });
    case 'location': {
      const place = lines([message.name, message.address], '\n');
      const location = { type: 'location', location: { lat: message.latitude, lon: message.longitude } };
      return plain(...(place === '' ? [] : [textPart(place)]), location);
    }
    case 'contacts':
      return plain(...message.contacts.flatMap(contactParts));
    case 'link': {
      const choice = { id: 'open', title: message.button, url: message.url };
      return plain(...withChoices([textPart(message.text)], [choice]));
    }
    case 'carousel': {
      const words = message.text.trim() === '' ? [] : [textPart(message.text)];
      const offers = message.cards.flatMap(({ choices = [] }) => offersOf(choices));
      return { parts: withChoices([...words, ...carouselBodies(message.cards, message.text)], leftOver(message.cards)), offers };
    }
    case 'rich-media': {
      const alternative = message.text === undefined ? {} : { alt_text: cutText(message.text, limits.text) };
      return authored({ type: 'rich_media', ...alternative, rich_media: { Type: 'rich_media', ...message.body } });
    }
    case 'keyboard':
      return authored({ ...(message.text === undefined ? {} : textPart(message.text)), keyboard: { Type: 'keyboard', ...message.body } });
    case 'native':
      return authored(message.body);
    case 'template':
    case 'reaction':
      throw new Error(`Viber has no message of type "${message.type}"`);
  }
}

function plain(...parts: readonly JsonObject[]): Content {
  return { parts, offers: [] };
}

/** What an author has drawn with Viber's own members; the buttons in it answer like any others. */
function authored(part: JsonObject): Content {
  const buttons = [part['keyboard'], part['rich_media']].flatMap((board) => objectsIn(member(board, 'Buttons')));
  const offers = buttons.flatMap((one): readonly Offer[] => {
    const [action = 'reply', says, title = ''] = [one['ActionType'], one['ActionBody'], one['Text']].map(textOf);
    return action === 'reply' && says !== undefined ? [[says, plainOf(title).trim() || says]] : [];
  });
  return { parts: [part], offers };
}

type Worded = Choices & { readonly text?: string };

/** A picture takes its words with it where they are short; else words are a bubble of their own, and the keyboard comes with the last one. */
function wordsWithChoices(media: JsonObject | undefined, message: Worded): Content {
  const choices = message.choices ?? [];
  const words = lines([message.header, message.text, message.footer], '\n\n');
  if (choices.length > 0 && message.choicesAs !== 'text') {
    const parts = withKeyboard(captioned(media, words), keyboardOf(choices, message.choicesAs));
    if (parts) return { parts, offers: offersOf(choices) };
  }
  return plain(...captioned(media, choices.length > 0 ? wordsAbove(words, choices) : words));
}

function captioned(media: JsonObject | undefined, words: string): readonly JsonObject[] {
  if (!media) return [textPart(words)];
  if (words === '') return [media];
  const fits = media['type'] === 'picture' && !isLonger(words, viberLimits.pictureText);
  return fits ? [{ ...media, text: words }] : [media, textPart(words)];
}

/** With a keyboard below, or a numbered text where there is no room for one. */
function withChoices(parts: readonly JsonObject[], choices: readonly Choice[]): readonly JsonObject[] {
  if (choices.length === 0) return parts;
  return withKeyboard(parts, keyboardOf(choices)) ?? [...parts, textPart(numbered(choices))];
}

/** Undefined when both together are more than Viber takes. */
function withKeyboard(parts: readonly JsonObject[], keyboard: JsonObject | undefined): readonly JsonObject[] | undefined {
  if (!keyboard) return undefined;
  const last = { ...parts.at(-1), keyboard };
  return bytes(last) <= ROOM_WITH_OFFERS ? [...parts.slice(0, -1), last] : undefined;
}

/** The whole list stays readable: the text above it gives way first. */
function wordsAbove(words: string, choices: readonly Choice[]): string {
  const list = numbered(choices);
  const room = limits.text - lengthOf(list) - 2;
  return words !== '' && room > 1 ? `${cutText(words, room)}\n\n${list}` : list;
}

/** Shorter than its limit where signs take so many bytes that the whole would be too large. */
function textPart(text: string): JsonObject {
  for (let most: number = limits.text; ; most = Math.floor(most * 0.8)) {
    const part = { type: 'text', text: cutText(text, most) };
    if (bytes(part) <= ROOM) return part;
  }
}

/** Viber's contacts are a name and a number; what is more than that is said in words. */
function contactParts({
  name,
  phone = '',
  email = '',
}: Extract<OutboundMessage, { type: 'contacts' }>['contacts'][number]): readonly JsonObject[] {
  const number = phone.replace(/[^\d+]/g, '');
  if (!/\d/.test(number)) return [textPart(lines([name, phone, email], '\n'))];
  const contact = {
    name: cutText(name.trim() === '' ? number : name, viberLimits.contactName),
    phone_number: number.slice(0, viberLimits.contactPhone),
  };
  return [{ type: 'contact', contact }, ...(email.trim() === '' ? [] : [textPart(lines([name, email], '\n'))])];
}

function lines(texts: readonly (string | undefined)[], between: string): string {
  return texts.filter((text) => text !== undefined && text.trim() !== '').join(between);
}

function bytes(part: JsonObject): number {
  return Buffer.byteLength(JSON.stringify(part));
}
