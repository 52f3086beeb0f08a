import type { JsonObject } from '../../src/contract/index.js';
import { isObject } from '../../src/contract/json-members.js';
import { limits } from './limits.js';

/** Why Meta would refuse a body, with its code. */
export interface Refusal {
  readonly code: number;
  readonly details: string;
}

const MEDIA: readonly string[] = ['image', 'video', 'audio', 'document', 'sticker'];
const TYPES: readonly string[] = [...MEDIA, 'text', 'location', 'contacts', 'reaction', 'template', 'interactive'];

/** Holds a body of POST …/messages against Meta's rules; undefined when Meta would take it. Written from its documentation, apart from `render`. */
export function refusalOf(body: unknown): Refusal | undefined {
  if (!isObject(body)) return { code: 100, details: 'the body is no JSON object' };
  if (body['messaging_product'] !== 'whatsapp') return { code: 100, details: 'The parameter messaging_product is required.' };
  if (body['status'] !== undefined)
    return isText(body['message_id']) ? undefined : { code: 100, details: 'The parameter message_id is required.' };
  const { to, recipient, context, biz_opaque_callback_data: opaque } = body;
  if (to === undefined && recipient === undefined) return { code: 100, details: 'The parameter to is required.' };
  if (to !== undefined && !(typeof to === 'string' && /^\+?[\d\s()-]{5,24}$/.test(to)))
    return { code: 131_009, details: 'to is no phone number' };
  if (to === undefined && !(typeof recipient === 'string' && /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(recipient)))
    return { code: 131_009, details: 'recipient is no user id' };
  if (context !== undefined && !(isObject(context) && isText(context['message_id'])))
    return { code: 131_009, details: 'context needs message_id' };
  if (opaque !== undefined && !isText(opaque, 512)) return { code: 131_009, details: 'biz_opaque_callback_data is 1 to 512 characters' };
  const details = contentMistake(body);
  return details === undefined ? undefined : { code: /required|^Param text/.test(details) ? 100 : 131_009, details };
}

function contentMistake(body: JsonObject): string | undefined {
  const type = body['type'] ?? 'text';
  if (typeof type !== 'string' || !TYPES.includes(type)) return `type must be one of ${TYPES.join(', ')}`;
  const part = body[type];
  if (part === null || typeof part !== 'object') return `The parameter ${type} is required.`;
  if (TYPES.some((other) => other !== type && other in body)) return `an object of another type stands beside ${type}`;
  if (type === 'contacts') return Array.isArray(part) && part.length > 0 && part.length <= 5 ? undefined : 'contacts: 1 to 5';
  if (!isObject(part)) return `The parameter ${type} is required.`;
  if (MEDIA.includes(type)) return mediaMistake(type, part);
  if (type === 'text') return isText(part['body'], limits.text) ? undefined : 'text.body is 1 to 4096 characters';
  if (type === 'location')
    return Number.isFinite(part['latitude']) && Number.isFinite(part['longitude']) ? undefined : 'latitude and longitude are numbers';
  if (type === 'reaction')
    return isText(part['message_id']) && typeof part['emoji'] === 'string' ? undefined : 'reaction needs message_id and emoji';
  return type === 'template' ? templateMistake(part) : interactiveMistake(part);
}

function mediaMistake(type: string, { link, id, caption }: JsonObject): string | undefined {
  if ((link === undefined) === (id === undefined)) return `${type} needs link or id`;
  if (link !== undefined && !(typeof link === 'string' && /^https?:\/\/\S+$/.test(link))) return `${type}.link is no address`;
  if (caption === undefined) return undefined;
  if (type === 'audio' || type === 'sticker') return `${type} has no caption`;
  return isText(caption, limits.caption) ? undefined : 'caption is 1 to 1024 characters';
}

function templateMistake({ name, language, components = [] }: JsonObject): string | undefined {
  if (!isText(name, 512) || !isObject(language) || !isText(language['code'])) return 'template needs name and language.code';
  if (!Array.isArray(components)) return 'template.components is a list';
  const parameters = components
    .filter(isObject)
    .flatMap((one) => (Array.isArray(one['parameters']) ? one['parameters'].filter(isObject) : []));
  if (parameters.some((one) => one['type'] === 'text' && !isText(one['text']))) return 'a parameter has no text';
  return parameters.some(({ text }) => typeof text === 'string' && /[\n\r\t]| {5}/.test(text))
    ? 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces'
    : undefined;
}

function interactiveMistake({ type, header, body, footer, action }: JsonObject): string | undefined {
  if (!isObject(action)) return 'The parameter action is required.';
  if (footer !== undefined && !(isObject(footer) && isText(footer['text'], limits.footer))) return 'footer.text is 1 to 60 characters';
  if (isObject(header) && header['type'] === 'text' && !isText(header['text'], limits.header)) return 'header.text is 1 to 60 characters';
  if (!isObject(body) || !isText(body['text'], type === 'list' ? limits.text : limits.bodyWithChoices))
    return 'body.text has the wrong length';
  if (type === 'button') return buttonsMistake(action['buttons']);
  if (type === 'list') return isObject(header) && header['type'] !== 'text' ? 'a list has a text header only' : listMistake(action);
  if (type === 'cta_url') {
    const parameters = action['parameters'];
    return isObject(parameters) && isText(parameters['display_text'], limits.link.button) && isText(parameters['url'])
      ? undefined
      : 'cta_url needs display_text and url';
  }
  if (type === 'carousel') {
    const cards = action['cards'];
    return Array.isArray(cards) && cards.length >= 2 && cards.length <= 10 ? undefined : 'a carousel has 2 to 10 cards';
  }
  return undefined;
}

function buttonsMistake(buttons: unknown): string | undefined {
  if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > limits.buttons.most) return 'buttons: 1 to 3';
  const replies = buttons.map((one) => (isObject(one) && isObject(one['reply']) ? one['reply'] : {}));
  if (replies.some((one) => !isText(one['title'], limits.buttons.title) || !isText(one['id'], limits.buttons.id)))
    return 'a button title is 1 to 20, its id 1 to 256 characters';
  return isUnique(replies.map((one) => one['title'])) && isUnique(replies.map((one) => one['id']))
    ? undefined
    : 'button titles and ids must be unique';
}

function listMistake({ button, sections }: JsonObject): string | undefined {
  if (!isText(button, limits.list.button)) return 'the list button is 1 to 20 characters';
  if (!Array.isArray(sections) || sections.length < 1 || sections.length > 10) return 'sections: 1 to 10';
  const rows = sections.filter(isObject).flatMap((one) => (Array.isArray(one['rows']) ? one['rows'].filter(isObject) : []));
  if (rows.length < 1 || rows.length > limits.list.most) return 'rows: 1 to 10 in total';
  const wrong = rows.some(
    ({ id, title, description }) =>
      !isText(id, limits.list.id) ||
      !isText(title, limits.list.title) ||
      (description !== undefined && !isText(description, limits.list.description)),
  );
  if (wrong) return 'a row id is 1 to 200, its title 1 to 24, its description 1 to 72 characters';
  return isUnique(rows.map((row) => row['id'])) ? undefined : 'row ids must be unique';
}

function isText(value: unknown, most = Number.POSITIVE_INFINITY): boolean {
  return typeof value === 'string' && value.length > 0 && [...value].length <= most;
}

function isUnique(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}
