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
  if (type === 'reaction')
    return isTextWithin(part['message_id']) && typeof part['emoji'] === 'string' ? undefined : 'reaction needs message_id and emoji';
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

function contactsMistake(contacts: Json): string | undefined {
  if (!Array.isArray(contacts) || contacts.length < 1 || contacts.length > 5) return 'contacts: 1 to 5';
  return contacts.every((one) => isTextWithin(member(member(one, 'name'), 'formatted_name')))
    ? undefined
    : 'a contact needs name.formatted_name';
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
