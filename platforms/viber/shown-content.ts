import { isObject, member, readNumber, readText, withoutEmpty } from '../../src/adapter-kit/index.js';
import type { Json, JsonObject, Shown, ShownMedia, ShownPerson } from '../../src/contract/index.js';
import { shownCards, shownKeyboard } from './shown-board.js';

/**
 * Returns what a person sees of a content in Viber's JSON, with its keyboard.
 *
 * @example shownContent({ type: 'picture', media: 'https://x/a.png', text: '' })   // { kind: 'image', media: { kind: 'image', url: 'https://x/a.png' } }
 */
export function shownContent(content: JsonObject): Shown {
  return withoutEmpty<Shown>({ ...shownPart(content), keyboard: shownKeyboard(content['keyboard']) });
}

function shownPart(content: JsonObject): Shown {
  const type = readText(content['type']);
  const [text, media] = [readText(content['text']), readText(content['media'])];
  switch (type) {
    case 'text':
      return withoutEmpty<Shown>({ kind: 'text', text });
    case 'picture':
      return withoutEmpty<Shown>({ kind: 'image', text, media: fileIn('image', content) });
    case 'video':
      return withoutEmpty<Shown>({ kind: 'video', text, media: fileIn('video', content) });
    case 'file':
      return { kind: 'document', media: fileIn('document', content) };
    case 'url':
      return withoutEmpty<Shown>({ kind: 'link', text: media });
    case 'sticker':
      return { kind: 'sticker', media: withoutEmpty<ShownMedia>({ kind: 'sticker', id: numberIn(content['sticker_id']) }) };
    case 'location':
      return { kind: 'location', place: placeIn(content['location']) };
    case 'contact':
      return { kind: 'contacts', people: [personIn(content['contact'])] };
    case 'rich_media':
      return withoutEmpty<Shown>({ kind: 'carousel', cards: shownCards(content['rich_media']) });
    case undefined:
      return isObject(content['keyboard']) ? { kind: 'keyboard' } : { kind: 'native', native: content };
    default:
      return { kind: 'native', native: content };
  }
}

function fileIn(kind: ShownMedia['kind'], { media, file_name: name }: JsonObject): ShownMedia {
  return withoutEmpty<ShownMedia>({ kind, url: readText(media), name: readText(name) });
}

function numberIn(value: Json | undefined): string | undefined {
  const number = readNumber(value);
  return number === undefined ? undefined : `${number}`;
}

function placeIn(location: Json | undefined): NonNullable<Shown['place']> {
  const [latitude = 0, longitude = 0] = ['lat', 'lon'].map((of) => readNumber(member(location, of)));
  return { latitude, longitude };
}

function personIn(contact: Json | undefined): ShownPerson {
  const phone = readText(member(contact, 'phone_number'));
  return { name: readText(member(contact, 'name')) ?? '', ...(phone === undefined || phone === '' ? {} : { phone }) };
}
