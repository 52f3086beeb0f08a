import type { InboundMessage, Json, JsonObject } from '../../src/contract/index.js';
import { isObject, member, numberOf, textOf } from '../../src/contract/json-members.js';
import { tappedOn } from './tracking.js';

type Content = Omit<InboundMessage, 'id' | 'channel' | 'platform' | 'from' | 'sentAt' | 'raw'>;

/**
 * What a message says, whichever kind it is. What cannot be read says nothing, and leaves a trace in the log; undefined where nobody can
 * tell what it is. Members of other kinds may stand beside its own.
 * https://developers.viber.com/docs/api/rest-bot-api/#receive-message-from-user
 */
export function contentOf(message: Json | undefined): Content | undefined {
  if (!isObject(message)) return undefined;
  const type = textOf(message['type']) ?? (isObject(message['location']) ? 'location' : undefined);
  if (type === undefined) return undefined;
  return READERS.get(type)?.(message) ?? { type: 'unsupported', text: '' };
}

const READERS: ReadonlyMap<string, (message: JsonObject) => Content | undefined> = new Map<
  string,
  (message: JsonObject) => Content | undefined
>([
  ['text', textContent],
  ['picture', media('image')],
  ['video', media('video')],
  ['file', media('document')],
  ['sticker', media('sticker')],
  ['contact', contactContent],
  ['location', locationContent],
  [
    'url',
    (message) => {
      const text = textOf(message['media']) ?? textOf(message['text']);
      return text === undefined ? undefined : { type: 'text', text };
    },
  ],
  // A carousel that was forwarded: somebody's, but nobody's words.
  ['rich_media', () => ({ type: 'unknown', text: '' })],
]);

/** A tap is a text that says the id of a button of our last message. */
function textContent(message: JsonObject): Content | undefined {
  const text = textOf(message['text']);
  if (text === undefined) return undefined;
  const tap = tappedOn(textOf(message['tracking_data']), text);
  if (!tap) return { type: 'text', text };
  const { title, effect } = tap;
  return { type: 'choice', choice: text, title, text: title, quoted: { id: effect, effect } };
}

/** The address is good for an hour. */
function media(type: string): (message: JsonObject) => Content {
  return (message) => {
    const [mediaUrl, fileName] = [textOf(message['media']), textOf(message['file_name'])];
    return {
      type,
      text: textOf(message['text']) ?? '',
      ...(mediaUrl === undefined || mediaUrl === '' ? {} : { mediaUrl }),
      ...(fileName === undefined || fileName === '' ? {} : { fileName }),
    };
  };
}

/** In the shape in which contacts come on WhatsApp, so that one flow reads both: `contact[0].phones[0].phone`. */
function contactContent(message: JsonObject): Content | undefined {
  const [name, phone] = [textOf(member(message['contact'], 'name')), textOf(member(message['contact'], 'phone_number'))];
  if (name === undefined && phone === undefined) return undefined;
  const contact = { name: { formatted_name: name ?? '' }, phones: phone === undefined ? [] : [{ phone }] };
  return { type: 'contacts', text: name === undefined || name === '' ? (phone ?? '') : name, contact: [contact] };
}

function locationContent(message: JsonObject): Content | undefined {
  const [latitude, longitude] = [numberOf(member(message['location'], 'lat')), numberOf(member(message['location'], 'lon'))];
  if (latitude === undefined || longitude === undefined) return undefined;
  return { type: 'location', text: textOf(member(message['location'], 'address')) ?? '', latitude, longitude };
}
