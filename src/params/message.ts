import Joi from 'joi';
import { type CarouselCard, type Json, type NodeScope, type OutboundContent, outboundTypes, type Platform } from '../contract/index.js';
import { isObject } from '../contract/json/json-members.js';
import { ENGLISH_WORDS, type OwnWords, ownWords } from '../text/own-words.js';
import { address, choices, drawnCards } from './choices.js';
import { choice, closed, described, json, numberOrText, shownText, text } from './fields.js';
import { fillTexts } from './fill-texts.js';
import { cardsOfList, choicesOfList, isListed, type ListedChoices } from './message-lists.js';
import { asNumber } from './variable-value.js';

const sizes = { sizeBytes: described(Joi.number().integer().min(1), 'Size', 'Needed by Viber.').meta({ more: true, unit: 'bytes' }) };
const type = described(Joi.string().required(), 'Type', 'The type of the message.');
const mediaUrl = address('Address', 'Where the provider downloads the file: a public https address.').required();
const caption = shownText('Caption', 'The text below it.').meta({ rows: 2 });

/** The messages of flow files, by type. */
const SCHEMAS: Readonly<Record<OutboundContent['type'], Joi.ObjectSchema>> = {
  text: closed({
    type,
    text: shownText('Text', 'What the person reads.').required().meta({ rows: 4 }),
    previewUrl: described(Joi.boolean(), 'Show a preview of links', 'A picture and title of the first address in the text.').meta({
      more: true,
    }),
    ...choices,
  }),
  image: closed({ type, url: mediaUrl, text: caption, ...choices }),
  video: closed({
    type,
    url: mediaUrl,
    text: caption,
    thumbnailUrl: address('Thumbnail', 'The picture shown before it plays.').meta({ more: true }),
    durationSeconds: described(Joi.number().min(0), 'Length', 'Shown by Viber.').meta({ more: true, unit: 'seconds' }),
    ...sizes,
    ...choices,
  }),
  audio: closed({ type, url: mediaUrl }),
  document: closed({
    type,
    url: mediaUrl,
    fileName: text('File name', 'The name that the person sees, with its extension.').meta({ example: 'menu.pdf' }),
    text: caption,
    ...sizes,
    ...choices,
  }),
  sticker: closed({
    type,
    url: address('Address', 'Of a WebP picture, on WhatsApp.'),
    stickerId: described(Joi.number().integer(), 'Sticker', "The number of one of Viber's stickers."),
  }).or('url', 'stickerId'),
  location: closed({
    type,
    latitude: numberOrText('Latitude', 'In degrees, -90 to 90.').required().meta({ example: 52.52 }),
    longitude: numberOrText('Longitude', 'In degrees, -180 to 180.').required().meta({ example: 13.4 }),
    name: text('Name', 'What is there.'),
    address: text('Address', 'Where that is, in words.'),
  }),
  contacts: closed({
    type,
    contacts: described(
      Joi.array()
        .items(
          closed({
            name: text('Name', 'Of the person or business.').required(),
            phone: text('Phone', 'With the country code.').meta({ example: '+49 30 1234567' }),
            email: text('E-mail', 'Their address.').meta({ example: 'ada@example.com' }),
          }).label('Contact'),
        )
        .min(1)
        .max(5)
        .required(),
      'Contacts',
      'Cards that the person can save.',
    ),
  }),
  link: closed({
    type,
    text: shownText('Text', 'What the person reads above the button.').required().meta({ rows: 3 }),
    button: shownText('Button', 'The words on the button.').required(),
    url: address('Address', 'What the button opens.').required(),
  }),
  template: closed({
    type,
    name: text('Name', 'As approved by Meta.').max(512).required(),
    language: text('Language', 'As approved by Meta: en, pt_BR.').required().meta({ example: 'en' }),
    header: described(
      closed({
        type: choice(
          { text: 'Text', image: 'Picture', video: 'Video', document: 'Document' },
          'Type',
          'What the template has there.',
        ).required(),
        text: shownText('Text', 'The value of a text header.').meta({ when: [{ pointer: '/type', is: ['text'] }] }),
        url: address('Address', 'Of the picture, video or document.').meta({ when: [{ pointer: '/type', is: ['text'], not: true }] }),
        fileName: text('File name', 'Of a document.').meta({ when: [{ pointer: '/type', is: ['document'] }] }),
      }),
      'Header',
      'What goes into the header of the template.',
    ).meta({ more: true }),
    body: described(
      Joi.alternatives(
        Joi.array().items(shownText('Value', 'In order.')).label('In order'),
        Joi.object()
          .pattern(/^[a-z_]{1,20}$/, shownText('Value', 'By name.'))
          .label('By name'),
      ),
      'Body',
      'The values of the template: a list for {{1}}, {{2}}, or by name.',
    ),
    buttons: described(
      Joi.array().items(
        closed({
          index: described(Joi.number().integer().min(0).max(9).required(), 'Index', 'Which button, from 0.'),
          payload: text('Payload', 'What the flow learns of a tap.'),
          url: text('Address', 'The end of the address that the button opens.'),
        }).label('Button'),
      ),
      'Buttons',
      'Values for the buttons of the template.',
    ).meta({ more: true }),
  }),
  carousel: closed({
    type,
    text: shownText('Text', 'What the person reads above the cards.').required().meta({ rows: 2 }),
    cards: drawnCards,
  }),
  reaction: closed({
    type,
    emoji: text('Emoji', 'Put on the last message of the person; an empty one takes it away.').allow('').required().meta({ example: '👍' }),
  }),
  'rich-media': closed({
    type,
    body: json('Rich media', "Viber's rich_media object: its buttons, and how they are laid out.").required().meta({ rows: 8 }),
    text: shownText('Text', 'Read where the cards cannot be shown.'),
  }),
  keyboard: closed({
    type,
    body: json('Keyboard', "Viber's keyboard object: its buttons, and how they are laid out.").required().meta({ rows: 8 }),
    text: shownText('Text', 'What the person reads above it.'),
  }),
  native: closed({ type, body: json('Body', "The channel's own JSON, sent as it is.").required().meta({ rows: 8 }) }),
};

/** Types whose params mean something else on each platform, so that a message for several platforms cannot be of them. */
const DIFFERENT_BY_PLATFORM: readonly string[] = ['native', 'sticker'];

/** Returns the schema of a message that all of these platforms can show. */
export function messageParams(platforms: readonly Platform[]): Joi.ObjectSchema {
  const types = outboundTypes(...platforms);
  return messageOf(platforms.length === 1 ? types : types.filter((type) => !DIFFERENT_BY_PLATFORM.includes(type)));
}

/** Returns the schema of a message that some platform can show. The check of the flow knows which platforms it is on. */
export function anyMessageParams(): Joi.ObjectSchema {
  return messageOf(outboundTypes());
}

function messageOf(types: readonly OutboundContent['type'][]): Joi.ObjectSchema {
  return Joi.object({ type: type.valid(...types).meta({ titles: TITLES }) })
    .when('.type', { switch: types.map((is) => ({ is, then: SCHEMAS[is] })), otherwise: Joi.object().unknown(true) })
    .label('Message')
    .description('What is sent.')
    .meta({ control: 'message' });
}

/** The types of messages as an author reads them. */
const TITLES: Readonly<Record<OutboundContent['type'], string>> = {
  text: 'Text',
  image: 'Picture',
  video: 'Video',
  audio: 'Audio',
  document: 'Document',
  sticker: 'Sticker',
  location: 'Location',
  contacts: 'Contacts',
  link: 'Link',
  template: 'Template',
  carousel: 'Carousel',
  reaction: 'Reaction',
  'rich-media': 'Rich media',
  keyboard: 'Keyboard',
  native: 'JSON of the channel',
};

/** The schema of a template that Meta has approved: the only message that may be sent while the 24-hour window is closed. */
export const templateParams: Joi.ObjectSchema = closed({ type: type.valid('template').meta({ titles: TITLES }) })
  .concat(SCHEMAS.template)
  .label('Template')
  .description('Sent instead when the 24-hour window is closed.');

/** A message in the params of a node: like an `OutboundMessage`, but with templates in its texts. */
export type MessageParams = { readonly type: string } & Readonly<Record<string, Json>>;

/**
 * Fills the templates of a message. Returns undefined, with the warning `send/nothing-to-send`, if the result is not a message: a reaction
 * without a message to react to, a location with invalid coordinates, an address that an expression leads elsewhere. An empty text is found
 * when the message is sent.
 *
 * @example fillMessage({ type: 'text', text: 'Hello {{ name }}' }, scope) // { type: 'text', text: 'Hello Ada' }
 */
export function fillMessage(message: MessageParams, scope: NodeScope<unknown>): OutboundContent | undefined {
  const filled = contentOf(message, scope);
  if (!filled) scope.warn('send/nothing-to-send', `the message of type "${message.type}" cannot be sent with these values`);
  return filled && withOwnWords(filled, ownWords(scope.contact.language, scope.locale));
}

/** Returns the message with the words of its buttons that the author has left to Parley. Adapters add the English ones. */
function withOwnWords(message: OutboundContent, words: OwnWords): OutboundContent {
  if (words === ENGLISH_WORDS) return message;
  if ('choices' in message && message.choices?.length && message.choicesAs !== 'text' && !message.listButton?.trim())
    return { ...message, listButton: words.choose };
  if (message.type !== 'carousel' || !message.cards.some(isUnnamedLink)) return message;
  return { ...message, cards: message.cards.map((card) => (isUnnamedLink(card) ? { ...card, button: words.open } : card)) };
}

/** Returns whether a card opens an address by a button that has no words. */
function isUnnamedLink({ choices, url, button }: CarouselCard): boolean {
  return !choices?.length && url !== undefined && button === undefined;
}

function contentOf(message: MessageParams, scope: NodeScope<unknown>): OutboundContent | undefined {
  if (message.type === 'native' || message.type === 'rich-media' || message.type === 'keyboard') {
    const body = scope.value(message['body'] ?? {});
    const words = message.type === 'native' ? '' : scope.text(String(message['text'] ?? ''));
    return isObject(body) ? { type: message.type, body, ...(words.trim() === '' ? {} : { text: words }) } : undefined;
  }
  const { choices: listed, cards } = message;
  if (isListed(listed)) return withListedChoices(message, listed as unknown as ListedChoices, scope);
  if (isListed(cards)) {
    const { cards: _, ...words } = message;
    return { ...(fillTexts(words, scope) as { text: string }), type: 'carousel', cards: cardsOfList(cards, scope) };
  }
  const filled = fillTexts(message, scope) as (Record<string, Json> & { readonly type: string }) | undefined;
  if (!filled) return undefined;
  if (message.type === 'reaction') {
    if (!scope.lastMessage) return undefined;
    return { type: 'reaction', emoji: String(filled['emoji'] ?? ''), messageId: scope.lastMessage.id };
  }
  if (message.type === 'location') {
    const [latitude, longitude] = [asNumber(filled['latitude']), asNumber(filled['longitude'])];
    if (latitude === undefined || longitude === undefined || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
    return { ...filled, type: 'location', latitude, longitude };
  }
  // The schema of the params has the form of the message, and only texts were filled.
  return filled as OutboundContent;
}

/** Fills a message whose choices come from a list. Without any choice it is sent as it is, without those. */
function withListedChoices(message: MessageParams, listed: ListedChoices, scope: NodeScope<unknown>): OutboundContent | undefined {
  const { choices: _, ...rest } = message;
  const filled = fillTexts(rest, scope);
  if (!filled) return undefined;
  const choices = choicesOfList(listed, scope);
  const { more, first } = ownWords(scope.contact.language, scope.locale);
  const pages = choices.length > 0 ? { choices, pages: { more, first } } : {};
  return { ...filled, ...pages } as unknown as OutboundContent;
}
