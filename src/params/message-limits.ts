import {
  type ChannelLimits,
  type CheckScope,
  type ChoicesShown,
  choicesShown,
  type Json,
  type JsonObject,
  type NodeProblem,
} from '../contract/index.js';
import { lengthOf } from '../text/cut-text.js';
import { checkAddress } from './check-address.js';
import { checkChoices, type DrawnChoice } from './check-choices.js';
import type { MessageParams } from './message.js';
import { checkDrawn, checkFile, isLiteral } from './message-files.js';

/** What a channel cannot take of a drawn message. Texts with templates are judged when they are sent: only literal ones are known. */
export function checkMessage(message: MessageParams, limits: ChannelLimits): readonly NodeProblem[] {
  const problems: NodeProblem[] = [];
  const drawn = choicesIn(message);
  const tell = (pointer: string, what: string, hint: string) => problems.push({ pointer, code: 'message/too-long', message: what, hint });
  const longest = (pointer: string, value: Json | undefined, most: number, name: string) => {
    if (typeof value === 'string' && isLiteral(value) && lengthOf(value) > most) {
      tell(pointer, `${name} has ${lengthOf(value)} characters; the channel takes ${most}`, `Shorten it to ${most} characters.`);
    }
  };
  // A message without a type is told by its schema.
  if (message.type !== undefined && !limits.shows.includes(message.type)) {
    problems.push({
      pointer: '/type',
      code: 'message/not-shown',
      message: `the channel cannot show a message of type "${message.type}"`,
      hint: 'Choose another type.',
    });
  }
  const as = drawn && wishedFor(message, drawn, limits);
  const alone = message.type === 'text' ? limits.text : limits.caption;
  // As a numbered text the choices need no frame.
  const body = as === undefined ? alone : as === 'text' ? limits.text : (as === 'list' && limits.list.body) || limits.bodyWithChoices;
  if (message.type === 'link') longest('/text', message['text'], limits.link.text, 'the text');
  else
    longest(
      '/text',
      message['text'],
      message.type === 'carousel' ? (limits.carousel?.text ?? limits.text) : body,
      message.type === 'text' ? 'the text' : 'the caption',
    );
  longest('/header', message['header'], limits.header, 'the header');
  longest('/footer', message['footer'], limits.footer, 'the footer');
  longest('/listButton', message['listButton'], limits.list.button, 'the list button');
  longest('/button', message['button'], limits.link.button, 'the button');
  if (drawn && as) problems.push(...checkChoices(drawn, as, limits));
  problems.push(...checkFile(message, limits), ...checkDrawn(message, limits), ...checkAddresses(message));
  if (message['listButton'] !== undefined && as === 'text' && drawn) problems.push(...uselessListButton(drawn, limits));
  if (message.type === 'carousel')
    cardsIn(message).forEach((card, i) => {
      const at = `/cards/${i}`;
      longest(`${at}/text`, card['text'], limits.carousel?.cardText ?? limits.caption, 'the text of the card');
      longest(`${at}/button`, card['button'], limits.link.button, 'the button');
      const replies = choicesIn(card);
      if (replies) problems.push(...checkChoices(replies, 'buttons', limits).map((one) => ({ ...one, pointer: at + one.pointer })));
    });
  return problems;
}

/** As `checkMessage`, on each platform that the flow can be on; `pointer` says where in the params the message stands. */
export function checkOnPlatforms(message: MessageParams | undefined, pointer: string, world: CheckScope): readonly NodeProblem[] {
  if (!message) return [];
  return world.platforms.flatMap((platform) => {
    const limits = world.limits(platform);
    return limits ? checkMessage(message, limits).map((one) => ({ ...one, pointer: pointer + one.pointer })) : [];
  });
}

/** Every address of a message; the end of an address in a template's button is none. */
function checkAddresses(message: MessageParams): readonly NodeProblem[] {
  const header = message['header'];
  const ofHeader = header !== null && typeof header === 'object' && !Array.isArray(header) ? (header as JsonObject)['url'] : undefined;
  const choices: Json = message['choices'] ?? [];
  return [
    ...checkAddress(message['url'], '/url'),
    ...checkAddress(message['thumbnailUrl'], '/thumbnailUrl'),
    ...checkAddress(ofHeader, '/header/url'),
    ...(Array.isArray(choices) ? choices : []).flatMap((one: Json, i) =>
      checkAddress((one as JsonObject | null)?.['url'], `/choices/${i}/url`),
    ),
    ...cardsIn(message).flatMap((card, i) => [
      ...checkAddress(card['imageUrl'], `/cards/${i}/imageUrl`),
      ...checkAddress(card['url'], `/cards/${i}/url`),
    ]),
  ];
}

/** A list was meant, and there are more choices than it holds. */
function uselessListButton({ length: count }: readonly DrawnChoice[], { list }: ChannelLimits): readonly NodeProblem[] {
  if (count <= list.max) return [];
  return [
    {
      pointer: '/choices',
      code: 'message/too-many-choices',
      message: `${count} choices; a list holds ${list.max}, so they are shown as a numbered text, without the list button`,
      hint: `Keep ${list.max} of them, or remove listButton.`,
      severity: 'warning',
    },
  ];
}

/** As the author wishes it, whether it fits or not; else as it will be. */
function wishedFor({ choicesAs }: MessageParams, choices: readonly DrawnChoice[], limits: ChannelLimits): ChoicesShown {
  return choicesAs === 'buttons' || choicesAs === 'list' || choicesAs === 'text' ? choicesAs : choicesShown({ choices }, limits);
}

/** Only what has the schema's shape: the check also looks at drafts that do not. */
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
  return cards.map((one: Json) => (one !== null && typeof one === 'object' && !Array.isArray(one) ? (one as JsonObject) : {}));
}
