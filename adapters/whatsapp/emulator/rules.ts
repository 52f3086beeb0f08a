import { limits } from '../../../platforms/whatsapp/limits.js';
import { isObject, isTextWithin, member } from '../../../src/adapter-kit/index.js';
import type { Json, JsonObject } from '../../../src/contract/index.js';
import { interactiveMistake } from './interactive-rules.js';

/** Why Meta refuses a request, with its error code. */
export interface Refusal {
  readonly code: number;
  readonly details: string;
}

const MEDIA: readonly string[] = ['image', 'video', 'audio', 'document', 'sticker'];
const TYPES: readonly string[] = [...MEDIA, 'text', 'location', 'contacts', 'reaction', 'template', 'interactive'];
const COMPONENTS: readonly string[] = ['header', 'body', 'button', 'carousel', 'limited_time_offer', 'order_status'];
const BUTTONS: readonly string[] = ['quick_reply', 'url', 'copy_code', 'catalog', 'flow', 'mpm', 'voice_call', 'order_details'];

/**
 * Returns why Meta would refuse the body of POST …/messages; undefined if it would take it. Written from Meta's documentation, independently
 * of `render`.
 */
export function refusalOf(body: unknown): Refusal | undefined {
  if (!isObject(body)) return { code: 100, details: 'the body is not a JSON object' };
  if (body['messaging_product'] !== 'whatsapp') return { code: 100, details: 'The parameter messaging_product is required.' };
  if (body['status'] !== undefined) {
    const { message_id: id, typing_indicator: typing } = body;
    if (body['status'] !== 'read' || !isTextWithin(id))
      return { code: 100, details: 'The parameter message_id is required, and status is "read".' };
    const isTyping = typing === undefined || member(typing, 'type') === 'text';
    return isTyping ? undefined : { code: 100, details: 'typing_indicator.type must be text' };
  }
  const details = recipientMistake(body) ?? envelopeMistake(body) ?? contentMistake(body);
  if (details !== undefined) return { code: /required/.test(details) ? 100 : 131_009, details };
  return body['type'] === 'template' ? parameterRefusal(body['template']) : undefined;
}

function recipientMistake({ to, recipient, recipient_type: kind = 'individual' }: JsonObject): string | undefined {
  if (kind !== 'individual' && kind !== 'group') return 'recipient_type is individual or group';
  if (to === undefined && recipient === undefined) return 'The parameter to is required.';
  if (kind === 'group') return isTextWithin(to) ? undefined : 'to is not a group id';
  if (to !== undefined) return typeof to === 'string' && /^\+?[\d\s()-]{5,24}$/.test(to) ? undefined : 'to is not a phone number';
  return typeof recipient === 'string' && /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(recipient)
    ? undefined
    : 'recipient is not a user id';
}

function envelopeMistake({ context, biz_opaque_callback_data: opaque }: JsonObject): string | undefined {
  if (context !== undefined && !isTextWithin(member(context, 'message_id'))) return 'context needs message_id';
  return opaque === undefined || isTextWithin(opaque, 512) ? undefined : 'biz_opaque_callback_data is 1 to 512 characters';
}

function contentMistake(body: JsonObject): string | undefined {
  const type = body['type'] ?? 'text';
  if (typeof type !== 'string' || !TYPES.includes(type)) return `type must be one of ${TYPES.join(', ')}`;
  const part = body[type];
  if (part === null || typeof part !== 'object') return `The parameter ${type} is required.`;
  if (TYPES.some((other) => other !== type && other in body)) return `an object of another type stands beside ${type}`;
  if (type === 'contacts') return contactsMistake(part);
  if (!isObject(part)) return `The parameter ${type} is required.`;
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

function templateMistake({ name, language, components = [] }: JsonObject): string | undefined {
  if (!isTextWithin(name, 512) || !isTextWithin(member(language, 'code'))) return 'template needs name and language.code';
  if (!Array.isArray(components) || !components.every(isObject)) return 'template.components is a list of objects';
  for (const { type, sub_type: kind, index, parameters = [] } of components) {
    if (typeof type !== 'string' || !COMPONENTS.includes(type.toLowerCase())) return 'a component has an unknown type';
    if (type === 'button' && !(typeof kind === 'string' && BUTTONS.includes(kind) && /^\d$/.test(`${index}`)))
      return 'a button component needs sub_type and index';
    if (!Array.isArray(parameters) || !parameters.every((one) => isTextWithin(member(one, 'type')))) return 'a parameter has no type';
    if (type === 'header' && parameters.length > 1) return 'a header has one parameter';
  }
  return undefined;
}

/** 131008 stands for a missing value: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
function parameterRefusal(template: Json | undefined): Refusal | undefined {
  const components = member(template, 'components');
  const parameters = (Array.isArray(components) ? components : []).flatMap((one) => member(one, 'parameters') ?? []);
  for (const parameter of parameters) {
    const name = member(parameter, 'parameter_name');
    if (name !== undefined && !(typeof name === 'string' && /^[a-z_]{1,20}$/.test(name)))
      return { code: 131_009, details: 'parameter_name is 1 to 20 small letters and underscores' };
    const text = member(parameter, 'type') === 'payload' ? member(parameter, 'payload') : member(parameter, 'text');
    if (member(parameter, 'type') !== 'text' && text === undefined) continue;
    if (!isTextWithin(text)) return { code: 131_008, details: 'Required parameter is missing: a parameter has no text' };
    if (typeof text === 'string' && /[\n\r\t]| {5}/.test(text))
      return { code: 100, details: 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces' };
  }
  return undefined;
}
