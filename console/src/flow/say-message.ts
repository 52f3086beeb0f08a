import type { Field } from '../../../src/contract/form.js';
import { isObject, member } from '../../../src/contract/json/json-members.js';
import type { JsonObject } from '../../../src/contract/json.js';
import type { Block } from './block.js';
import { type Piece, piecesOf } from './pieces.js';
import type { Say } from './say.js';

/** A card shows this many choices; of more it says how many. */
const MAX_CHOICES = 3;
/** Types of messages that are shown as a picture with words below it. */
const PICTURES: readonly string[] = ['image', 'video', 'carousel'];
/** Types that are words: what they are is not said, and an empty one has a place for its words. */
const WORDS: readonly string[] = ['text', 'link', 'carousel'];

/** Returns what a card shows of a message: the picture, the words in a bubble, what can be tapped. */
export function sayMessage({ value, field }: { readonly value: unknown; readonly field: Field }, say: Say): readonly Block[] {
  const type = textOf(value, 'type');
  if (!isObject(value) || type === undefined) return [];
  const text = textOf(value, 'text');
  const words = text === undefined ? [] : piecesOf(text);
  const hasWords = words.length > 0 || WORDS.includes(type);
  const isNamed = !WORDS.includes(type) && !PICTURES.includes(type);
  const title = { text: titleOf(type, { field, say }), isStrong: true as const };
  return [
    ...(PICTURES.includes(type) ? [pictureOf(value, type)] : []),
    ...(isNamed ? [{ kind: 'line' as const, pieces: [title, ...nameOf(value, type)] }] : []),
    ...(hasWords ? [{ kind: 'bubble' as const, pieces: words }] : []),
    ...choicesOf(tapped(value)),
  ];
}

function pictureOf(message: JsonObject, type: string): Block {
  const cards = message['cards'];
  const address = type === 'video' ? textOf(message, 'thumbnailUrl') : (textOf(message, 'url') ?? textOf(cardsOf(cards)[0], 'imageUrl'));
  // An address with templates is known only in a conversation.
  const isShown = address !== undefined && /^https:\/\//.test(address) && !/\{[{%]/.test(address);
  return { kind: 'picture', icon: type === 'video' ? 'video' : 'photo', ...(isShown ? { url: address } : {}) };
}

/** What names a message that is not only words: the file, the place, the people, the template. */
function nameOf(message: JsonObject, type: string): readonly Piece[] {
  const people = listIn(message['contacts']).flatMap((one) => textOf(one, 'name') ?? []);
  const name =
    ['name', 'fileName', 'emoji'].map((one) => textOf(message, one)).find((one) => one !== undefined) ?? people.slice(0, 3).join(', ');
  const isTemplate = type === 'template';
  const pieces = isTemplate ? [{ text: name }] : piecesOf(name);
  return name === '' ? [] : [{ text: ' ' }, ...pieces];
}

function titleOf(type: string, { field, say }: { readonly field: Field; readonly say: Say }): string {
  const title = field.variants?.cases.find(({ value }) => value === type)?.title;
  return title === undefined ? type : say(title);
}

/** The titles of what can be tapped: choices, the button of a link, the cards of a carousel. */
function tapped(message: JsonObject): readonly string[] {
  const choices = message['choices'];
  if (isObject(choices)) return [textOf(choices, 'title') ?? ''];
  const button = textOf(message, 'button');
  return [
    ...listIn(choices).map((one) => textOf(one, 'title') ?? ''),
    ...(button === undefined ? [] : [button]),
    ...cardsOf(message['cards']).map((one) => textOf(one, 'text') ?? ''),
  ];
}

function choicesOf(titles: readonly string[]): readonly Block[] {
  if (titles.length === 0) return [];
  const shown = titles.slice(0, MAX_CHOICES).map((title) => piecesOf(title));
  return [{ kind: 'choices', titles: shown, more: titles.length - shown.length }];
}

/** Returns the cards that are written, or the one that is made for each member of a list. */
function cardsOf(cards: unknown): readonly unknown[] {
  return isObject(cards) ? [cards['card']] : listIn(cards);
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown, name: string): string | undefined {
  const text = member(value, name);
  return typeof text === 'string' && text.trim() !== '' ? text : undefined;
}
