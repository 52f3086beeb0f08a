import { isObject, isTextWithin, member } from '../../src/adapter-kit/index.js';
import type { Json, JsonObject } from '../../src/contract/index.js';
import { interactiveMistake } from './interactive-rules.js';
import { limits } from './limits.js';
import { type Found, missing } from './mistake.js';
import { templateMistake } from './template-rules.js';

const MEDIA: readonly string[] = ['image', 'video', 'audio', 'document', 'sticker'];
const TYPES: readonly string[] = [...MEDIA, 'text', 'location', 'contacts', 'reaction', 'template', 'interactive'];

/**
 * Returns what is wrong with a content in Meta's JSON; undefined if nothing is. Written from Meta's documentation, independently of the
 * functions that make contents.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 *
 * @example contentMistake({ type: 'text', text: { body: '' } })   // 'text.body is 1 to 4096 characters'
 */
export function contentMistake(content: JsonObject): Found {
  const type = content['type'] ?? 'text';
  if (typeof type !== 'string' || !TYPES.includes(type)) return `type must be one of ${TYPES.join(', ')}`;
  const part = content[type];
  if (part === null || typeof part !== 'object') return missing(type);
  if (TYPES.some((other) => other !== type && other in content)) return `an object of another type stands beside ${type}`;
  if (type === 'contacts') return contactsMistake(part);
  if (!isObject(part)) return missing(type);
  if (MEDIA.includes(type)) return mediaMistake(type, part);
  if (type === 'text') return textMistake(part);
  if (type === 'location') return locationMistake(part);
  if (type === 'reaction') return reactionMistake(part);
  return type === 'template' ? templateMistake(part) : interactiveMistake(part);
}

function textMistake({ body, preview_url: preview = false }: JsonObject): string | undefined {
  if (typeof preview !== 'boolean') return 'preview_url is true or false';
  return isTextWithin(body, limits.text) ? undefined : 'text.body is 1 to 4096 characters';
}

function locationMistake({ latitude, longitude }: JsonObject): string | undefined {
  const isWithin = (value: Json | undefined, max: number) => typeof value === 'number' && Math.abs(value) <= max;
  return isWithin(latitude, 90) && isWithin(longitude, 180) ? undefined : 'latitude and longitude are numbers up to 90 and 180';
}

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/contacts-messages */
const MAX_CONTACTS = 257;
const NAME_PARTS: readonly string[] = ['first_name', 'last_name', 'middle_name', 'prefix', 'suffix'];

function contactsMistake(contacts: Json): string | undefined {
  if (!Array.isArray(contacts) || contacts.length < 1 || contacts.length > MAX_CONTACTS) return `contacts: 1 to ${MAX_CONTACTS}`;
  const isNamed = (name: Json | undefined) =>
    isTextWithin(member(name, 'formatted_name')) && NAME_PARTS.some((part) => isTextWithin(member(name, part)));
  return contacts.every((one) => isNamed(member(one, 'name')))
    ? undefined
    : 'a contact needs name.formatted_name and another part of the name, such as first_name';
}

/** Emoji, flags and keycaps. */
const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|[0-9#*]\ufe0f?\u20e3)/u;

/** An empty emoji takes the reaction back. */
function reactionMistake({ message_id: id, emoji }: JsonObject): string | undefined {
  if (!isTextWithin(id) || typeof emoji !== 'string') return 'reaction needs message_id and emoji';
  return emoji === '' || EMOJI.test(emoji) ? undefined : 'reaction.emoji is one emoji';
}

function mediaMistake(type: string, { link, id, caption, filename }: JsonObject): string | undefined {
  if ((link === undefined) === (id === undefined)) return `${type} needs link or id`;
  if (link === undefined ? !isTextWithin(id) : !(typeof link === 'string' && /^https?:\/\/\S+$/.test(link)))
    return `${type}.link is not an address`;
  if (filename !== undefined && !(type === 'document' && isTextWithin(filename))) return 'only a document has a filename';
  if (caption === undefined) return undefined;
  if (type === 'audio' || type === 'sticker') return `${type} has no caption`;
  return isTextWithin(caption, limits.caption) ? undefined : 'caption is 1 to 1024 characters';
}
