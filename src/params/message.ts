import Joi from 'joi';
import type { Json, JsonObject, NodeScope, OutboundContent, Platform } from '../contract/index.js';
import { closed, json, numberOrText, text } from './fields.js';
import { numberOf } from './variable-value.js';

const url = (label: string) => text(label).max(2_000);
const choice = closed({
  id: text('Id').max(256).required(),
  title: text('Title').required(),
  description: text('Description'),
  url: url('Address'),
  ask: Joi.string().valid('phone', 'location').label('Ask for'),
});
const choices = {
  choices: Joi.array().items(choice).min(1).max(50).label('Choices'),
  header: text('Header'),
  footer: text('Footer'),
  listButton: text('List button'),
  choicesAs: Joi.string().valid('auto', 'buttons', 'list', 'text').label('Show choices as'),
};
const sizes = { sizeBytes: Joi.number().integer().min(1).label('Size in bytes') };
const type = Joi.string().required().label('Type');

/** The messages of flow files, by type; each platform shows some of them. */
const KINDS: Readonly<Record<string, Joi.ObjectSchema>> = {
  text: closed({ type, text: text('Text').required(), previewUrl: Joi.boolean().label('Show a preview of links'), ...choices }),
  image: closed({ type, url: url('Address').required(), text: text('Caption'), ...choices }),
  video: closed({
    type,
    url: url('Address').required(),
    text: text('Caption'),
    thumbnailUrl: url('Thumbnail'),
    durationSeconds: Joi.number().min(0).label('Length in seconds'),
    ...sizes,
    ...choices,
  }),
  audio: closed({ type, url: url('Address').required() }),
  document: closed({ type, url: url('Address').required(), fileName: text('File name'), text: text('Caption'), ...sizes, ...choices }),
  sticker: closed({ type, url: url('Address'), stickerId: Joi.number().integer().label('Sticker') }).or('url', 'stickerId'),
  location: closed({
    type,
    latitude: numberOrText('Latitude').required(),
    longitude: numberOrText('Longitude').required(),
    name: text('Name'),
    address: text('Address'),
  }),
  contacts: closed({
    type,
    contacts: Joi.array()
      .items(closed({ name: text('Name').required(), phone: text('Phone'), email: text('E-mail') }))
      .min(1)
      .max(5)
      .required()
      .label('Contacts'),
  }),
  link: closed({ type, text: text('Text').required(), button: text('Button').required(), url: url('Address').required() }),
  template: closed({
    type,
    name: text('Name').max(512).required(),
    language: text('Language').required(),
    header: closed({
      type: Joi.string().valid('text', 'image', 'video', 'document').required().label('Type'),
      text: text('Text'),
      url: url('Address'),
      fileName: text('File name'),
    }).label('Header'),
    body: Joi.alternatives(Joi.array().items(text('Value')), Joi.object().pattern(/^[a-z_]{1,20}$/, text('Value'))).label('Body'),
    buttons: Joi.array()
      .items(
        closed({ index: Joi.number().integer().min(0).max(9).required().label('Index'), payload: text('Payload'), url: text('Address') }),
      )
      .label('Buttons'),
  }),
  carousel: closed({
    type,
    text: text('Text').required(),
    cards: Joi.array()
      .items(
        closed({
          imageUrl: url('Picture').required(),
          text: text('Text').required(),
          choices: choices.choices,
          button: text('Button'),
          url: url('Address'),
        }),
      )
      .min(2)
      .max(10)
      .required()
      .label('Cards'),
  }),
  reaction: closed({ type, emoji: text('Emoji').allow('').required() }),
  native: closed({ type, body: json('Body').required() }),
};

/** What each platform can show. */
const SHOWN: Readonly<Record<Platform, readonly string[]>> = {
  whatsapp: Object.keys(KINDS),
  viber: ['text', 'image', 'video', 'document', 'sticker', 'location', 'contacts', 'link', 'carousel', 'native'],
};

/** A message for a platform, as flow files write it. */
export function messageParams(platform: Platform): Joi.ObjectSchema {
  const shown = SHOWN[platform];
  const kinds = Object.entries(KINDS).filter(([kind]) => shown.includes(kind));
  return Joi.object({ type: type.valid(...shown) })
    .when('.type', { switch: kinds.map(([is, then]) => ({ is, then })), otherwise: Joi.object().unknown(true) })
    .label('Message');
}

/** A message approved beforehand: all that may be sent when the 24-hour window is closed. */
export const templateParams: Joi.ObjectSchema = closed({ type: type.valid('template') })
  .concat(KINDS['template'] as Joi.ObjectSchema)
  .label('Template');

/** A message as drawn: like an OutboundMessage, but with templates in its texts. */
export type MessageParams = { readonly type: string } & Readonly<Record<string, Json>>;

/**
 * Fills in every template. Undefined where the result is nothing to send: a reaction without a message to react to, a location that is
 * no place, an empty text, a picture without an address.
 */
export function fillMessage(message: MessageParams, scope: NodeScope<unknown>): OutboundContent | undefined {
  if (message.type === 'native') {
    const body = scope.value(message['body'] ?? {});
    return isObject(body) ? { type: 'native', body } : undefined;
  }
  const filled = fillTexts(message, scope) as Record<string, Json> & { readonly type: string };
  if (message.type === 'reaction') {
    if (!scope.lastMessage) return undefined;
    return { type: 'reaction', emoji: String(filled['emoji'] ?? ''), messageId: scope.lastMessage.id };
  }
  if (message.type === 'location') {
    const [latitude, longitude] = [numberOf(filled['latitude']), numberOf(filled['longitude'])];
    if (latitude === undefined || longitude === undefined || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
    return { ...filled, type: 'location', latitude, longitude };
  }
  if (NEEDED[message.type]?.some((member) => isBlank(filled[member]))) return undefined;
  // The schema of the params has the shape of the message; only texts were filled.
  return filled as OutboundContent;
}

/** What must have words in it, or there is nothing to send. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  text: ['text'],
  image: ['url'],
  video: ['url'],
  audio: ['url'],
  document: ['url'],
  link: ['text', 'button', 'url'],
  template: ['name', 'language'],
  carousel: ['text'],
};

function isBlank(value: Json | undefined): boolean {
  return value === undefined || value === null || String(value).trim() === '';
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function fillTexts(value: Json, scope: NodeScope<unknown>): Json {
  if (typeof value === 'string') return scope.text(value);
  if (Array.isArray(value)) return value.map((one: Json) => fillTexts(one, scope));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (one === undefined || key.startsWith('x-') ? [] : [[key, fillTexts(one, scope)]])),
  );
}
