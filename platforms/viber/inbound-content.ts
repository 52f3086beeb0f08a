import { isObject, member, readNumber, readText } from '../../src/adapter-kit/index.js';
import type { InboundMessage, Json, JsonObject } from '../../src/contract/index.js';
import { tapIn } from './tracking.js';

/** What a message says, without who wrote it, where and when. */
export type InboundContent = Omit<InboundMessage, 'id' | 'channel' | 'platform' | 'from' | 'sentAt' | 'raw'>;

/**
 * Returns the content of a `message` object in Viber's JSON. A message of an unknown type is `unsupported`, without text. Returns undefined
 * if the message does not say what it is. Members of other types may stand beside those of its own type.
 * https://developers.viber.com/docs/api/rest-bot-api/#receive-message-from-user
 */
export function inboundContent(message: Json | undefined): InboundContent | undefined {
  if (!isObject(message)) return undefined;
  const type = readText(message['type']) ?? (isObject(message['location']) ? 'location' : undefined);
  if (type === undefined) return undefined;
  return READERS.get(type)?.(message) ?? { type: 'unsupported', text: '' };
}

type Reader = (message: JsonObject) => InboundContent | undefined;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['text', textIn],
  ['picture', fileIn('image')],
  ['video', fileIn('video')],
  ['file', fileIn('document')],
  ['sticker', fileIn('sticker')],
  ['contact', contactIn],
  ['location', locationIn],
  ['url', linkIn],
  // A carousel that the person forwarded. Its words are not the person's.
  ['rich_media', () => ({ type: 'unknown', text: '' })],
]);

/** A tap is a text with the id of a button of our last message in it. */
function textIn(message: JsonObject): InboundContent | undefined {
  const text = readText(message['text']);
  if (text === undefined) return undefined;
  const tap = tapIn(readText(message['tracking_data']), text);
  if (!tap) return { type: 'text', text };
  const { title, effect } = tap;
  return { type: 'choice', choice: text, title, text: title, quoted: { id: effect, effect } };
}

/** The address works for an hour. */
function fileIn(type: string): Reader {
  return (message) => {
    const [mediaUrl, fileName] = [readText(message['media']), readText(message['file_name'])];
    return {
      type,
      text: readText(message['text']) ?? '',
      ...(mediaUrl ? { mediaUrl } : {}),
      ...(fileName ? { fileName } : {}),
    };
  };
}

/** Returns the contact in the form of WhatsApp's contacts, so that a flow can read both: `contact[0].phones[0].phone`. */
function contactIn(message: JsonObject): InboundContent | undefined {
  const [name, phone] = [readText(member(message['contact'], 'name')), readText(member(message['contact'], 'phone_number'))];
  if (name === undefined && phone === undefined) return undefined;
  const contact = { name: { formatted_name: name ?? '' }, phones: phone === undefined ? [] : [{ phone }] };
  return { type: 'contacts', text: name ? name : (phone ?? ''), contact: [contact] };
}

function locationIn(message: JsonObject): InboundContent | undefined {
  const { location } = message;
  const [latitude, longitude] = [readNumber(member(location, 'lat')), readNumber(member(location, 'lon'))];
  if (latitude === undefined || longitude === undefined) return undefined;
  return { type: 'location', text: readText(member(location, 'address')) ?? '', latitude, longitude };
}

function linkIn(message: JsonObject): InboundContent | undefined {
  const text = readText(message['media']) ?? readText(message['text']);
  return text === undefined ? undefined : { type: 'text', text };
}
