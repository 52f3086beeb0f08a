import Joi from 'joi';
import { type Json, type NodeScope, type OutboundContent, outboundTypes, type Platform } from '../contract/index.js';
import { isObject } from '../contract/json/json-members.js';
import { closed, described, json, numberOrText, text } from './fields.js';
import { fillTexts } from './fill-texts.js';
import { asNumber } from './variable-value.js';

const url = (label: string, sentence: string) => text(label, sentence).max(2_000).meta({ address: true });
const choice = closed({
  id: text('Id', 'What the flow gets when the choice is tapped; it may be the name of a port.').max(256).required(),
  title: text('Title', 'What the person taps.').required(),
  description: text('Description', 'A second line, shown in lists.'),
  url: url('Address', 'Opened by a tap, if the channel can do that.'),
  ask: described(Joi.string().valid('phone', 'location'), 'Ask for', 'What a tap sends, if the channel can do that.'),
});
const choices = {
  choices: described(
    Joi.array().items(choice).min(1).max(50),
    'Choices',
    'Answers to tap. The title may be typed instead, or the number if numbers are shown.',
  ),
  header: text('Header', 'A line above the text, shown with choices.'),
  footer: text('Footer', 'A small line below the text, shown with choices.'),
  listButton: text('List button', 'Opens the list; "Choose" by default.'),
  choicesAs: described(
    Joi.string().valid('auto', 'buttons', 'list', 'text'),
    'Show choices as',
    'auto shows buttons if they fit, else a list, else a numbered text.',
  ),
};
const sizes = { sizeBytes: described(Joi.number().integer().min(1), 'Size in bytes', 'Needed by Viber.') };
const type = described(Joi.string().required(), 'Type', 'The type of the message.');
const mediaUrl = url('Address', 'Where the provider downloads the file: a public https address.').required();
const caption = text('Caption', 'The text below it.');

/** The messages of flow files, by type. */
const SCHEMAS: Readonly<Record<OutboundContent['type'], Joi.ObjectSchema>> = {
  text: closed({
    type,
    text: text('Text', 'What the person reads.').required(),
    previewUrl: described(Joi.boolean(), 'Show a preview of links', 'A picture and title of the first address in the text.'),
    ...choices,
  }),
  image: closed({ type, url: mediaUrl, text: caption, ...choices }),
  video: closed({
    type,
    url: mediaUrl,
    text: caption,
    thumbnailUrl: url('Thumbnail', 'The picture shown before it plays.'),
    durationSeconds: described(Joi.number().min(0), 'Length in seconds', 'Shown by Viber.'),
    ...sizes,
    ...choices,
  }),
  audio: closed({ type, url: mediaUrl }),
  document: closed({
    type,
    url: mediaUrl,
    fileName: text('File name', 'The name that the person sees, with its extension.'),
    text: caption,
    ...sizes,
    ...choices,
  }),
  sticker: closed({
    type,
    url: url('Address', 'Of a WebP picture, on WhatsApp.'),
    stickerId: described(Joi.number().integer(), 'Sticker', "The number of one of Viber's stickers."),
  }).or('url', 'stickerId'),
  location: closed({
    type,
    latitude: numberOrText('Latitude', 'In degrees, -90 to 90.').required(),
    longitude: numberOrText('Longitude', 'In degrees, -180 to 180.').required(),
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
            phone: text('Phone', 'With the country code.'),
            email: text('E-mail', 'Their address.'),
          }),
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
    text: text('Text', 'What the person reads above the button.').required(),
    button: text('Button', 'The words on the button.').required(),
    url: url('Address', 'What the button opens.').required(),
  }),
  template: closed({
    type,
    name: text('Name', 'As approved by Meta.').max(512).required(),
    language: text('Language', 'As approved by Meta: en, pt_BR.').required(),
    header: described(
      closed({
        type: described(Joi.string().valid('text', 'image', 'video', 'document').required(), 'Type', 'What the template has there.'),
        text: text('Text', 'The value of a text header.'),
        url: url('Address', 'Of the picture, video or document.'),
        fileName: text('File name', 'Of a document.'),
      }),
      'Header',
      'What goes into the header of the template.',
    ),
    body: described(
      Joi.alternatives(Joi.array().items(text('Value', 'In order.')), Joi.object().pattern(/^[a-z_]{1,20}$/, text('Value', 'By name.'))),
      'Body',
      'The values of the template: a list for {{1}}, {{2}}, or by name.',
    ),
    buttons: described(
      Joi.array().items(
        closed({
          index: described(Joi.number().integer().min(0).max(9).required(), 'Index', 'Which button, from 0.'),
          payload: text('Payload', 'What the flow learns of a tap.'),
          url: text('Address', 'The end of the address that the button opens.'),
        }),
      ),
      'Buttons',
      'Values for the buttons of the template.',
    ),
  }),
  carousel: closed({
    type,
    text: text('Text', 'What the person reads above the cards.').required(),
    cards: described(
      Joi.array()
        .items(
          closed({
            imageUrl: url('Picture', 'A public https address.').required(),
            text: text('Text', 'The words on the card.').required(),
            choices: choices.choices,
            button: text('Button', 'The words on a button that opens the address.'),
            url: url('Address', 'What the button opens.'),
          }),
        )
        .min(2)
        .max(10)
        .required(),
      'Cards',
      'Two to ten, beside each other; each with choices, or with a button and its address.',
    ),
  }),
  reaction: closed({
    type,
    emoji: text('Emoji', 'Put on the last message of the person; an empty one takes it away.').allow('').required(),
  }),
  'rich-media': closed({
    type,
    body: json('Rich media', "Viber's rich_media object: its buttons, and how they are laid out.").required(),
    text: text('Text', 'Read where the cards cannot be shown.'),
  }),
  keyboard: closed({
    type,
    body: json('Keyboard', "Viber's keyboard object: its buttons, and how they are laid out.").required(),
    text: text('Text', 'What the person reads above it.'),
  }),
  native: closed({ type, body: json('Body', "The channel's own JSON, sent as it is.").required() }),
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
  return Joi.object({ type: type.valid(...types) })
    .when('.type', { switch: types.map((is) => ({ is, then: SCHEMAS[is] })), otherwise: Joi.object().unknown(true) })
    .label('Message')
    .description('What is sent.');
}

/** The schema of a template that Meta has approved: the only message that may be sent while the 24-hour window is closed. */
export const templateParams: Joi.ObjectSchema = closed({ type: type.valid('template') })
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
  return filled;
}

function contentOf(message: MessageParams, scope: NodeScope<unknown>): OutboundContent | undefined {
  if (message.type === 'native' || message.type === 'rich-media' || message.type === 'keyboard') {
    const body = scope.value(message['body'] ?? {});
    const words = message.type === 'native' ? '' : scope.text(String(message['text'] ?? ''));
    return isObject(body) ? { type: message.type, body, ...(words.trim() === '' ? {} : { text: words }) } : undefined;
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
