import {
  type ChannelLimits,
  type CheckScope,
  type ChoicesShown,
  choicesShown,
  type Json,
  type JsonObject,
  type NodeProblem,
} from '../contract/index.js';
import { isObject, member } from '../contract/json/json-members.js';
import { lengthOf } from '../text/cut-text.js';
import { checkAddress } from './check-address.js';
import { checkChoices, type DrawnChoice } from './check-choices.js';
import type { MessageParams } from './message.js';
import { checkDrawn, checkFile, isLiteral } from './message-files.js';

/** Returns what a channel would refuse of a message in the params of a node. Texts with templates are checked when they are sent. */
export function checkMessage(message: MessageParams, limits: ChannelLimits): readonly NodeProblem[] {
  const choices = choicesIn(message);
  const layout = choices && layoutOf(message, choices, limits);
  return [
    ...checkType(message, limits),
    ...textsOf(message, layout, limits).flatMap(checkLength),
    ...(choices && layout ? checkChoices(choices, layout, limits) : []),
    ...checkFile(message, limits),
    ...checkDrawn(message, limits),
    ...checkAddresses(message),
    ...(choices && layout === 'text' && message['listButton'] !== undefined ? uselessListButton(choices, limits) : []),
    ...(message.type === 'carousel' ? cardsIn(message).flatMap((card, i) => checkCard(card, `/cards/${i}`, limits)) : []),
  ];
}

function checkType({ type }: MessageParams, { shows }: ChannelLimits): readonly NodeProblem[] {
  // A missing type is a problem of the schema.
  if (type === undefined || shows.includes(type)) return [];
  const message = `the channel cannot show messages of type "${type}"`;
  return [{ pointer: '/type', code: 'message/not-shown', message, hint: 'Choose another type.' }];
}

/** A text of a message, and how many characters the channel accepts of it. */
interface LimitedText {
  readonly pointer: string;
  readonly value: Json | undefined;
  readonly max: number;
  readonly name: string;
}

/** Messages whose text is a caption. */
const CAPTIONED: readonly string[] = ['image', 'video', 'document'];

function textsOf(message: MessageParams, layout: ChoicesShown | undefined, limits: ChannelLimits): readonly LimitedText[] {
  const { text, header, footer, listButton, button } = message;
  return [
    {
      pointer: '/text',
      value: text,
      max: maxText(message, layout, limits),
      name: CAPTIONED.includes(message.type) ? 'the caption' : 'the text',
    },
    { pointer: '/header', value: header, max: limits.header, name: 'the header' },
    { pointer: '/footer', value: footer, max: limits.footer, name: 'the footer' },
    { pointer: '/listButton', value: listButton, max: limits.list.button, name: 'the list button' },
    { pointer: '/button', value: button, max: limits.link.button, name: 'the button' },
  ];
}

function maxText({ type }: MessageParams, layout: ChoicesShown | undefined, limits: ChannelLimits): number {
  if (type === 'link') return limits.link.text;
  if (type === 'carousel') return limits.carousel?.text ?? limits.text;
  switch (layout) {
    case undefined:
      return type === 'text' ? limits.text : limits.caption;
    case 'text':
      return limits.text;
    case 'list':
      return limits.list.body ?? limits.bodyWithChoices;
    default:
      return limits.bodyWithChoices;
  }
}

function checkLength({ pointer, value, max, name }: LimitedText): readonly NodeProblem[] {
  if (typeof value !== 'string' || !isLiteral(value) || lengthOf(value) <= max) return [];
  const message = `${name} has ${lengthOf(value)} characters; the channel accepts at most ${max}`;
  return [{ pointer, code: 'message/too-long', message, hint: `Shorten it to ${max} characters.` }];
}

function checkCard(card: JsonObject, at: string, limits: ChannelLimits): readonly NodeProblem[] {
  const { text, button } = card;
  const choices = choicesIn(card) ?? [];
  const texts: readonly LimitedText[] = [
    { pointer: `${at}/text`, value: text, max: limits.carousel?.cardText ?? limits.caption, name: 'the text of the card' },
    { pointer: `${at}/button`, value: button, max: limits.link.button, name: 'the button' },
  ];
  return [...texts.flatMap(checkLength), ...checkChoices(choices, 'buttons', limits).map((one) => ({ ...one, pointer: at + one.pointer }))];
}

/** Checks a message like `checkMessage` for each platform that the flow can be on. `pointer` is the place of the message in the params. */
export function checkOnPlatforms(message: MessageParams | undefined, pointer: string, world: CheckScope): readonly NodeProblem[] {
  if (!message) return [];
  return world.platforms.flatMap((platform) => {
    const limits = world.limits(platform);
    return limits ? checkMessage(message, limits).map((one) => ({ ...one, pointer: pointer + one.pointer })) : [];
  });
}

/** Checks every address in a message. The `url` of a template's button is only the end of an address. */
function checkAddresses(message: MessageParams): readonly NodeProblem[] {
  const { header, choices } = message;
  return [
    ...checkAddress(message['url'], '/url'),
    ...checkAddress(message['thumbnailUrl'], '/thumbnailUrl'),
    ...checkAddress(member(header, 'url'), '/header/url'),
    ...(Array.isArray(choices) ? choices : []).flatMap((one: Json, i) => checkAddress(member(one, 'url'), `/choices/${i}/url`)),
    ...cardsIn(message).flatMap((card, i) => [
      ...checkAddress(card['imageUrl'], `/cards/${i}/imageUrl`),
      ...checkAddress(card['url'], `/cards/${i}/url`),
    ]),
  ];
}

/** Warns of a list button if there are more choices than a list can hold. */
function uselessListButton({ length: count }: readonly DrawnChoice[], { list }: ChannelLimits): readonly NodeProblem[] {
  if (count <= list.max) return [];
  return [
    {
      pointer: '/choices',
      code: 'message/too-many-choices',
      message: `there are ${count} choices; a list holds at most ${list.max}, so they are shown as a numbered text without the list button`,
      hint: `Keep at most ${list.max} choices, or remove "listButton".`,
      severity: 'warning',
    },
  ];
}

/** Returns the layout that the author has chosen, whether it fits or not; else the one that will be shown. */
function layoutOf({ choicesAs }: MessageParams, choices: readonly DrawnChoice[], limits: ChannelLimits): ChoicesShown {
  return choicesAs === 'buttons' || choicesAs === 'list' || choicesAs === 'text' ? choicesAs : choicesShown({ choices }, limits);
}

/** Returns the choices that have the form of the schema; the others are problems of the schema. */
function choicesIn(message: JsonObject): readonly DrawnChoice[] | undefined {
  const choices = message['choices'];
  if (!Array.isArray(choices)) return undefined;
  return choices.filter(
    (one): one is Json & DrawnChoice =>
      one !== null &&
      typeof one === 'object' &&
      'id' in one &&
      typeof one.id === 'string' &&
      'title' in one &&
      typeof one.title === 'string',
  );
}

function cardsIn(message: MessageParams): readonly JsonObject[] {
  const cards = message['cards'];
  if (!Array.isArray(cards)) return [];
  return cards.map((one: Json) => (isObject(one) ? one : {}));
}
