import { member, readNumber, readObjects, readText, withoutEmpty } from '../../src/adapter-kit/index.js';
import type { Json, JsonObject, Shown, ShownPerson } from '../../src/contract/index.js';
import { shownInteractive } from './shown-interactive.js';
import { shownMedia } from './shown-media.js';
import { shownTemplate } from './shown-template.js';

/**
 * Returns what a person sees of a content in Meta's JSON.
 *
 * @example shownContent({ type: 'text', text: { body: 'Hi' } })   // { kind: 'text', text: 'Hi' }
 */
export function shownContent(content: JsonObject): Shown {
  const type = readText(content['type']) ?? 'text';
  const part = content[type];
  switch (type) {
    case 'text':
      return withoutEmpty<Shown>({ kind: 'text', text: readText(member(part, 'body')) });
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return withoutEmpty<Shown>({ kind: type, text: readText(member(part, 'caption')), media: shownMedia(type, part) });
    case 'location':
      return { kind: 'location', place: placeIn(part) };
    case 'contacts':
      return withoutEmpty<Shown>({ kind: 'contacts', people: readObjects(part).map(personIn) });
    case 'reaction':
      return withoutEmpty<Shown>({ kind: 'reaction', emoji: readText(member(part, 'emoji')) });
    case 'template':
      return shownTemplate(part);
    case 'interactive':
      return shownInteractive(part);
    default:
      return { kind: 'native', native: part === undefined ? { type } : { type, [type]: part } };
  }
}

function placeIn(part: Json | undefined): NonNullable<Shown['place']> {
  const [name, address] = ['name', 'address'].map((of) => readText(member(part, of)));
  const [latitude = 0, longitude = 0] = ['latitude', 'longitude'].map((of) => readNumber(member(part, of)));
  return withoutEmpty<NonNullable<Shown['place']>>({ latitude, longitude, name, address });
}

function personIn(card: JsonObject): ShownPerson {
  const [phone] = readObjects(card['phones']);
  const [email] = readObjects(card['emails']);
  return {
    name: readText(member(card['name'], 'formatted_name')) ?? '',
    ...withoutEmpty<Omit<ShownPerson, 'name'>>({ phone: readText(phone?.['phone']), email: readText(email?.['email']) }),
  };
}
