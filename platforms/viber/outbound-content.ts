import { choiceLines, cutText, isLonger, member, readObjects, readText, textAbove, titleOf } from '../../src/adapter-kit/index.js';
import type { Choice, Choices, JsonObject, OutboundMessage } from '../../src/contract/index.js';
import { carouselContents, choicesWithoutRoom } from './carousel.js';
import { keyboardOf } from './keyboard.js';
import { limits, viberLimits } from './limits.js';
import { plainTextOf } from './markup.js';
import { fileContent, linkContent } from './media.js';
import { type Offer, offersOf } from './tracking.js';

/** A message in Viber's JSON: one content for each bubble, and the offers of all their buttons. */
export interface OutboundContents {
  readonly contents: readonly JsonObject[];
  readonly offers: readonly Offer[];
}

/** Bytes of one content, so that there is room for the rest of the request; `tracking_data` takes more of it if there are offers. */
const ROOM = limits.request - 1_500;
export const ROOM_WITH_OFFERS = limits.request - 4_500;

/**
 * Returns the contents of a message. The provider's adapter adds receiver, sender and `tracking_data`.
 * https://developers.viber.com/docs/api/rest-bot-api/#message-types
 *
 * @throws Error for templates and reactions, which Viber does not have. The check refuses them.
 */
export function outboundContents(message: OutboundMessage): OutboundContents {
  switch (message.type) {
    case 'text':
      return textWithChoices(undefined, message);
    case 'image':
    case 'video':
    case 'document':
      return textWithChoices(fileContent(message), message);
    case 'audio':
      return withoutOffers([linkContent(message.url)]);
    case 'sticker':
      return withoutOffers([stickerContent(message)]);
    case 'location':
      return withoutOffers(locationContents(message));
    case 'contacts':
      return withoutOffers(message.contacts.flatMap(contactContents));
    case 'link': {
      const button = { id: 'open', title: message.button, url: message.url };
      return withoutOffers(withChoices([textContent(message.text)], [button]));
    }
    case 'carousel':
      return carousel(message);
    case 'rich-media': {
      const alternative = message.text === undefined ? {} : { alt_text: cutText(message.text, limits.text) };
      return drawn({ type: 'rich_media', ...alternative, rich_media: { Type: 'rich_media', ...message.body } });
    }
    case 'keyboard':
      return drawn({ ...(message.text === undefined ? {} : textContent(message.text)), keyboard: { Type: 'keyboard', ...message.body } });
    case 'native':
      return drawn(message.body);
    case 'template':
    case 'reaction':
      throw new Error(`Viber has no message of type "${message.type}"`);
  }
}

function withoutOffers(contents: readonly JsonObject[]): OutboundContents {
  return { contents, offers: [] };
}

/** A content that an author has drawn in Viber's JSON. Its buttons can be answered like any others. */
function drawn(content: JsonObject): OutboundContents {
  const buttons = [content['keyboard'], content['rich_media']].flatMap((board) => readObjects(member(board, 'Buttons')));
  const offers = buttons.flatMap((button): readonly Offer[] => {
    const [action = 'reply', id, title = ''] = [button['ActionType'], button['ActionBody'], button['Text']].map(readText);
    return action === 'reply' && id !== undefined ? [[id, plainTextOf(title).trim() || id]] : [];
  });
  return { contents: [content], offers };
}

/**
 * A short text stands below its picture; a longer one, or the text of another file, is a bubble of its own. The keyboard comes with the
 * last bubble, because each message replaces the keyboard of the one before.
 */
function textWithChoices(file: JsonObject | undefined, message: Choices & { readonly text?: string }): OutboundContents {
  const { choices = [], choicesAs } = message;
  const text = joinNonBlank([message.header, message.text, message.footer], '\n\n');
  if (choices.length > 0 && choicesAs !== 'text') {
    const contents = withKeyboard(captioned(file, text), keyboardOf(choices, choicesAs));
    if (contents) return { contents, offers: offersOf(choices) };
  }
  return withoutOffers(captioned(file, choices.length > 0 ? textAbove(linesOf(choices), text, limits.text) : text));
}

function captioned(file: JsonObject | undefined, text: string): readonly JsonObject[] {
  if (!file) return [textContent(text)];
  if (text === '') return [file];
  const isCaption = file['type'] === 'picture' && !isLonger(text, viberLimits.pictureText);
  return isCaption ? [{ ...file, text }] : [file, textContent(text)];
}

/** Adds choices to contents: as a keyboard, or as a text of its own if there is no room for one. */
function withChoices(contents: readonly JsonObject[], choices: readonly Choice[]): readonly JsonObject[] {
  if (choices.length === 0) return contents;
  return withKeyboard(contents, keyboardOf(choices)) ?? [...contents, textContent(linesOf(choices))];
}

/** Returns undefined if both together are larger than a request can be. */
function withKeyboard(contents: readonly JsonObject[], keyboard: JsonObject | undefined): readonly JsonObject[] | undefined {
  if (!keyboard) return undefined;
  const last = { ...contents.at(-1), keyboard };
  return bytesOf(last) <= ROOM_WITH_OFFERS ? [...contents.slice(0, -1), last] : undefined;
}

function linesOf(choices: readonly Choice[]): string {
  return choiceLines(choices, (choice) => `${titleOf(choice)}${choice.url ? `: ${choice.url}` : ''}`);
}

function carousel({ text, cards }: Extract<OutboundMessage, { type: 'carousel' }>): OutboundContents {
  const above = text.trim() === '' ? [] : [textContent(text)];
  const contents = withChoices([...above, ...carouselContents(cards, text)], choicesWithoutRoom(cards));
  return { contents, offers: cards.flatMap(({ choices = [] }) => offersOf(choices)) };
}

function stickerContent({ stickerId, url = '' }: Extract<OutboundMessage, { type: 'sticker' }>): JsonObject {
  return stickerId === undefined ? fileContent({ type: 'image', url }) : { type: 'sticker', sticker_id: stickerId };
}

/** A location has no words on Viber, so they stand above it. */
function locationContents({ name, address, latitude, longitude }: Extract<OutboundMessage, { type: 'location' }>): readonly JsonObject[] {
  const words = joinNonBlank([name, address], '\n');
  const location = { type: 'location', location: { lat: latitude, lon: longitude } };
  return words === '' ? [location] : [textContent(words), location];
}

/** A contact on Viber is a name and a number. What else there is becomes a text. */
function contactContents({
  name,
  phone = '',
  email = '',
}: Extract<OutboundMessage, { type: 'contacts' }>['contacts'][number]): readonly JsonObject[] {
  const number = phone.replace(/[^\d+]/g, '');
  if (!/\d/.test(number)) return [textContent(joinNonBlank([name, phone, email], '\n'))];
  const contact = {
    name: cutText(name.trim() === '' ? number : name, viberLimits.contactName),
    phone_number: number.slice(0, viberLimits.contactPhone),
  };
  return [{ type: 'contact', contact }, ...(email.trim() === '' ? [] : [textContent(joinNonBlank([name, email], '\n'))])];
}

/** Cuts the text further than its limit if its characters take so many bytes that the request would be too large. */
function textContent(text: string): JsonObject {
  for (let limit: number = limits.text; ; limit = Math.floor(limit * 0.8)) {
    const content = { type: 'text', text: cutText(text, limit) };
    if (bytesOf(content) <= ROOM) return content;
  }
}

function joinNonBlank(texts: readonly (string | undefined)[], separator: string): string {
  return texts.filter((text) => text !== undefined && text.trim() !== '').join(separator);
}

function bytesOf(content: JsonObject): number {
  return Buffer.byteLength(JSON.stringify(content));
}
