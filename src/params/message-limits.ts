import {
  type AdapterLimits,
  type CheckScope,
  type ChoicesShown,
  choicesShown,
  type Json,
  type JsonObject,
  type NodeProblem,
  type Platform,
} from '../contract/index.js';
import { isObject, member } from '../contract/json/json-members.js';
import { checkAddress } from './check-address.js';
import { checkChoices, type DrawnChoice } from './check-choices.js';
import { placedIn, tooLong, unlessUnbound } from './limit-problems.js';
import { isLiteral } from './literal.js';
import type { MessageParams } from './message.js';
import { checkDrawn, checkFile } from './message-files.js';
import { isListed } from './message-lists.js';

/**
 * Returns what the channels of one adapter cannot take of a message. Only literal texts are measured: those with templates are cut or split
 * when they are sent.
 */
export function checkMessage(message: MessageParams, by: AdapterLimits): readonly NodeProblem[] {
  const choices = choicesIn(message);
  const shown = choices && layoutOf(message, choices, by);
  return [
    ...checkType(message, by),
    ...checkTexts(message, shown, by),
    ...(choices && shown ? checkChoices(choices, shown, by).map((problem) => withLayout(problem, message)) : []),
    ...checkFile(message, by),
    ...checkDrawn(message, by),
    ...checkAddresses(message),
    ...(choices && shown === 'text' && message['listButton'] !== undefined ? uselessListButton(choices, by) : []),
    ...(message.type === 'carousel' ? [...checkCards(message, by), ...checkListedIds(message)] : []),
  ];
}

/** Where a flow can be that is started by a call or by another flow. */
const EVERYWHERE: readonly Platform[] = ['whatsapp', 'viber'];

/**
 * Returns what the channels cannot take of a message, on each platform that the flow can be on. On which one a call starts the flow is not
 * known: then all of them count.
 *
 * @param pointer The place of the message in the params: `/message`.
 * @example check: ({ message }, scope) => checkOnPlatforms(message, '/message', scope)
 */
export function checkOnPlatforms(message: MessageParams | undefined, pointer: string, scope: CheckScope): readonly NodeProblem[] {
  if (!message) return [];
  const { platforms } = scope;
  const isOpen = platforms.length === 0;
  const problems = (isOpen ? EVERYWHERE : platforms)
    .flatMap((platform) => scope.limits(platform))
    .flatMap((by) => checkMessage(message, by))
    // What only one platform shows may be meant for flows that are started there.
    .filter(({ code }) => !isOpen || code !== 'message/not-shown');
  const seen = new Set<string>();
  return problems.flatMap((problem) => {
    const key = [problem.pointer, problem.code, problem.message].join('\n');
    if (seen.has(key)) return [];
    seen.add(key);
    return [placedIn(pointer, problem)];
  });
}

/** Choices that do not fit into the layout that the author chose fit into another one. */
function withLayout(problem: NodeProblem, { choicesAs }: MessageParams): NodeProblem {
  if (problem.code !== 'message/too-many-choices' || (choicesAs !== 'buttons' && choicesAs !== 'list')) return problem;
  const mend = [{ op: 'replace', path: '/choicesAs', value: 'auto' }] as const;
  return { ...problem, hint: 'Set "choicesAs" to "auto": a list or a numbered text holds more.', mend };
}

/** A message without a type is a problem of the schema. */
function checkType({ type }: MessageParams, by: AdapterLimits): readonly NodeProblem[] {
  if (type === undefined || by.limits.shows.includes(type)) return [];
  const message = `${by.adapter} cannot show messages of type "${type}"`;
  return [unlessUnbound({ pointer: '/type', code: 'message/not-shown', message, hint: 'Choose another type.' }, by)];
}

/** Messages whose text is a caption. */
const CAPTIONED: readonly string[] = ['image', 'video', 'document'];

function checkTexts(message: MessageParams, shown: ChoicesShown | undefined, by: AdapterLimits): readonly NodeProblem[] {
  const { limits } = by;
  const measured: readonly (readonly [member: string, name: string, limit: number])[] = [
    ['text', CAPTIONED.includes(message.type) ? 'the caption' : 'the text', maxText(message, shown, by)],
    ['header', 'the header', limits.header],
    ['footer', 'the footer', limits.footer],
    ['listButton', 'the list button', limits.list.button],
    ['button', 'the button', limits.link.button],
  ];
  return measured.flatMap(([member, name, limit]) => tooLong(message[member], { pointer: `/${member}`, name, limit }, by));
}

/** What the text of a message is limited to depends on what stands below it. */
function maxText({ type }: MessageParams, shown: ChoicesShown | undefined, { limits }: AdapterLimits): number {
  if (type === 'link') return limits.link.text;
  if (type === 'carousel') return limits.carousel?.text ?? limits.text;
  if (shown === undefined) return type === 'text' ? limits.text : limits.caption;
  if (shown === 'text') return limits.text;
  return (shown === 'list' ? limits.list.body : undefined) ?? limits.bodyWithChoices;
}

function checkCards(message: MessageParams, by: AdapterLimits): readonly NodeProblem[] {
  const { limits } = by;
  return cardsIn(message).flatMap(({ card, at }) => {
    const choices = choicesIn(card);
    const problems = [
      ...tooLong(card['text'], { pointer: '/text', name: 'the text of the card', limit: limits.carousel?.cardText ?? limits.caption }, by),
      ...tooLong(card['button'], { pointer: '/button', name: 'the button', limit: limits.link.button }, by),
      ...(choices ? checkChoices(choices, 'buttons', by) : []),
    ];
    return problems.map((problem) => placedIn(at, problem));
  });
}

/** Warns of buttons that have the same id on each card of a list, so that nobody knows which card was tapped. */
function checkListedIds(message: MessageParams): readonly NodeProblem[] {
  if (!isListed(message['cards'])) return [];
  const card = message['cards']['card'];
  return (isObject(card) ? (choicesIn(card) ?? []) : []).flatMap(({ id }, i): readonly NodeProblem[] => {
    if (!isLiteral(id)) return [];
    return [
      {
        pointer: `/cards/card/choices/${i}/id`,
        code: 'message/repeated-choice',
        message: `the choice has the id "${id}" on each card, so the flow does not learn which card was tapped`,
        hint: `Add something of the member: "${id}-{{ item.id }}".`,
        severity: 'warning',
      },
    ];
  });
}

/** Checks all addresses but those of a template's buttons, which are only the end of one. */
function checkAddresses(message: MessageParams): readonly NodeProblem[] {
  const { header, choices } = message;
  return [
    ...checkAddress(message['url'], '/url'),
    ...checkAddress(message['thumbnailUrl'], '/thumbnailUrl'),
    ...checkAddress(member(header, 'url'), '/header/url'),
    ...(Array.isArray(choices) ? choices : []).flatMap((choice: Json, i) => checkAddress(member(choice, 'url'), `/choices/${i}/url`)),
    ...cardsIn(message).flatMap(({ card, at }) => [
      ...checkAddress(card['imageUrl'], `${at}/imageUrl`),
      ...checkAddress(card['url'], `${at}/url`),
    ]),
  ];
}

/** A list was wanted, and there are more choices than a list holds. */
function uselessListButton(
  { length: count }: readonly DrawnChoice[],
  { adapter, limits: { list } }: AdapterLimits,
): readonly NodeProblem[] {
  if (count <= list.max) return [];
  return [
    {
      pointer: '/choices',
      code: 'message/too-many-choices',
      message: `there are ${count} choices; a list on ${adapter} holds at most ${list.max}, so they are shown as a numbered text without the list button`,
      hint: `Keep at most ${list.max} choices, or remove "listButton".`,
      severity: 'warning',
    },
  ];
}

/** The layout that the author chose, whether it fits or not; by default the one that the choices will have. */
function layoutOf({ choicesAs }: MessageParams, choices: readonly DrawnChoice[], { limits }: AdapterLimits): ChoicesShown {
  return choicesAs === 'buttons' || choicesAs === 'list' || choicesAs === 'text' ? choicesAs : choicesShown({ choices }, limits);
}

/** Drafts are checked, too: what does not have the form of a choice is left out. */
function choicesIn(message: JsonObject): readonly DrawnChoice[] | undefined {
  const choices = message['choices'];
  if (!Array.isArray(choices)) return undefined;
  return choices.filter(
    (choice): choice is Json & DrawnChoice =>
      choice !== null &&
      typeof choice === 'object' &&
      'id' in choice &&
      typeof choice.id === 'string' &&
      'title' in choice &&
      typeof choice.title === 'string',
  );
}

interface DrawnCard {
  readonly card: JsonObject;
  /** Its place in the message. */
  readonly at: string;
}

/** Returns the cards of a carousel, or the one that is made for each member of a list. */
function cardsIn(message: MessageParams): readonly DrawnCard[] {
  const cards = message['cards'];
  if (isListed(cards)) return isObject(cards['card']) ? [{ card: cards['card'], at: '/cards/card' }] : [];
  if (!Array.isArray(cards)) return [];
  return cards.map((card: Json, i) => ({ card: isObject(card) ? card : {}, at: `/cards/${i}` }));
}
