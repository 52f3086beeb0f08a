import {
  type CarouselCard,
  type ChannelLimits,
  type Choice,
  choicesShown,
  numberedLength,
  type OutboundMessage,
  type Warning,
} from '../contract/index.js';
import { cutApart, cutText, isLonger } from '../text/cut-text.js';
import { splitText } from '../text/split-text.js';
import { pageOf } from './pages.js';

/** A message within a channel's limits. */
export interface FittedMessage {
  /** Messages to send before it, in order. */
  readonly parts: readonly OutboundMessage[];
  readonly message: OutboundMessage;
  readonly warnings: readonly Warning[];
}

/** A message is split into at most this many parts. */
const MAX_PARTS = 10;
/** The text above choices whose own text came out empty. */
const EMPTY_TEXT = '👇';

type Worded = Extract<OutboundMessage, { type: 'text' | 'image' | 'video' | 'document' }>;
type Fitted = Omit<FittedMessage, 'warnings'>;
type Changeable<T> = { -readonly [K in keyof T]: T[K] };

interface Fitting {
  readonly limits: ChannelLimits;
  readonly warn: (code: string, detail: string) => void;
}

/**
 * Fits a message into a channel's limits, so that what is stored is what is sent. Long texts and captions are split into parts, with the
 * choices on the last one. Titles, headers and footers cannot be split: they are cut with "…" and a warning. Pure and never throws.
 */
export function fitMessage(message: OutboundMessage, limits: ChannelLimits): FittedMessage {
  const warnings: Warning[] = [];
  const fitting: Fitting = { limits, warn: (code, detail) => warnings.push({ code, detail }) };
  const { parts, message: last } = fitted(message, fitting);
  return { parts, message: last, warnings };
}

function fitted(message: OutboundMessage, fitting: Fitting): Fitted {
  const { limits } = fitting;
  switch (message.type) {
    case 'text':
    case 'image':
    case 'video':
    case 'document':
      return fitText(withText(fitChoices(withFileName(withPage(message, fitting)), fitting), fitting), fitting);
    case 'link': {
      const button = cutPart(message.button, { name: 'the button', max: limits.link.button, fitting });
      return split({ ...message, button }, { limit: limits.text, last: limits.link.text, fitting });
    }
    case 'carousel': {
      const cards = withinMax(message.cards, fitting);
      if (cards.length < (limits.carousel?.min ?? 0)) return fitFewCards({ ...message, cards }, fitting);
      const fit = cards.map((card) => fitCard(card, fitting));
      return split({ ...message, cards: fit }, { limit: limits.text, last: limits.carousel?.text ?? limits.text, fitting });
    }
    default:
      return { parts: [], message };
  }
}

/** Keeps the choices of one page, if they come from a list. Titles that are cut stay different from those of the other pages. */
function withPage(message: Worded, { limits, warn }: Fitting): Worded {
  const page = pageOf(message, limits);
  if (!page) return message;
  const { choicesAs, choices = [] } = page.message;
  const shown = choicesShown({ choices, choicesAs }, limits);
  if (shown === 'text') return page.message;
  const { title: max } = limits[shown];
  const titles = cutApart(
    (message.choices ?? []).map(({ title }) => title),
    max,
  );
  const cut = choices.map((choice, i) => ({
    ...choice,
    title: page.from + i < page.end ? (titles[page.from + i] ?? choice.title) : choice.title,
  }));
  const count = cut.filter(({ title }, i) => title !== choices[i]?.title).length;
  if (count > 0) warn('send/cut', `${count} titles were cut to ${max} characters`);
  return { ...page.message, choices: cut };
}

/** Names a document without a file name after the last segment of its address. */
function withFileName(message: Worded): Worded {
  if (message.type !== 'document' || message.fileName?.trim()) return message;
  const path = message.url.replace(/[?#].*$/s, '').replace(/^[a-z]+:\/\/[^/]*/i, '');
  const fileName = decoded(path.split('/').at(-1) ?? '').trim();
  return fileName === '' ? message : { ...message, fileName };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function withText(message: Worded, { warn }: Fitting): Worded {
  if (message.type !== 'text' || message.text.trim() !== '') return message;
  warn('send/no-words', `the text above the choices came out empty; ${EMPTY_TEXT} was sent instead`);
  return { ...message, text: EMPTY_TEXT };
}

/** Fits everything around the text that has a limit of its own. */
function fitChoices(message: Worded, fitting: Fitting): Worded {
  const { limits } = fitting;
  const { header, footer, listButton, choicesAs, choices = [] } = message;
  const shown = choicesShown({ choices, choicesAs }, limits);
  const fitted: Changeable<Worded> = { ...message };
  if (header !== undefined) fitted.header = cutPart(header, { name: 'the header', max: limits.header, fitting });
  if (footer !== undefined) fitted.footer = cutPart(footer, { name: 'the footer', max: limits.footer, fitting });
  if (listButton !== undefined) fitted.listButton = cutPart(listButton, { name: 'the list button', max: limits.list.button, fitting });
  if (choices.length > 0 && shown !== 'text') fitted.choices = fitTitles(choices, { ...limits[shown], fitting });
  return fitted;
}

/** How many characters titles and descriptions may have. */
interface Titles {
  readonly title: number;
  readonly description?: number;
  readonly fitting: Fitting;
}

/** Cuts titles and descriptions. Titles that would be the same when cut stay different. */
function fitTitles(choices: readonly Choice[], { title: max, description: maxDescription, fitting }: Titles): readonly Choice[] {
  const titles = cutApart(
    choices.map(({ title }) => title),
    max,
  );
  return choices.map((choice, i) => {
    const { title, description } = choice;
    const isTooLong = isLonger(title, max);
    if (isTooLong) fitting.warn('send/cut', `the title "${title}" was cut to ${max} characters`);
    const isCut = maxDescription !== undefined && description !== undefined && isLonger(description, maxDescription);
    return {
      ...choice,
      title: isTooLong ? (titles[i] ?? title) : title,
      ...(isCut ? { description: cutPart(description, { name: 'a description', max: maxDescription, fitting }) } : {}),
    };
  });
}

function withinMax(cards: readonly CarouselCard[], { limits, warn }: Fitting): readonly CarouselCard[] {
  const max = limits.carousel?.max ?? cards.length;
  if (cards.length <= max) return cards;
  warn('send/cut', `of ${cards.length} cards the first ${max} are shown`);
  return cards.slice(0, max);
}

/** A list may give fewer cards than a carousel needs: one card is a picture with its buttons or its link, none is the text alone. */
function fitFewCards({ text, cards, replyTo }: Extract<OutboundMessage, { type: 'carousel' }>, fitting: Fitting): Fitted {
  const [card] = cards;
  const quote = given({ replyTo });
  if (!card) return fitted({ type: 'text', text, ...quote }, fitting);
  const words = `${text}\n\n${card.text}`;
  const { imageUrl: url, choices, url: address, button = 'Open' } = card;
  if (choices?.length || address === undefined || address === '')
    return fitted({ type: 'image', url, text: words, ...given({ choices }), ...quote }, fitting);
  const link = fitted({ type: 'link', text: words, button, url: address }, fitting);
  return { ...link, parts: [{ type: 'image', url, ...quote }, ...link.parts] };
}

function fitCard(card: CarouselCard, fitting: Fitting): CarouselCard {
  const { limits } = fitting;
  const { text, button, choices } = card;
  return {
    ...card,
    text: cutPart(text, { name: 'the text of a card', max: limits.carousel?.cardText ?? limits.caption, fitting }),
    ...(button === undefined ? {} : { button: cutPart(button, { name: 'the button of a card', max: limits.link.button, fitting }) }),
    ...(choices ? { choices: fitTitles(choices, { title: limits.buttons.title, fitting }) } : {}),
  };
}

interface Part {
  readonly name: string;
  readonly max: number;
  readonly fitting: Fitting;
}

function cutPart(text: string, { name, max, fitting }: Part): string {
  if (!isLonger(text, max)) return text;
  fitting.warn('send/cut', `${name} was cut to ${max} characters`);
  return cutText(text, max);
}

/** Splits a long text: the parts go before the message with the choices, or after the media. */
function fitText(message: Worded, fitting: Fitting): Fitted {
  const { limits } = fitting;
  const { text = '' } = message;
  const last = roomFor(message, limits);
  if (message.type === 'text') return split(message, { limit: limits.text, last, fitting });
  if (!isLonger(text, last)) return { parts: [], message };
  const { text: _, choices, choicesAs, header, footer, listButton, ...media } = message;
  const frame = { choices, choicesAs, header, footer, listButton };
  const below = { type: 'text', text, ...given(frame) } as const;
  const room = roomFor(below, limits);
  const rest = split(below, { limit: limits.text, last: room, max: MAX_PARTS - 1, fitting });
  return { ...rest, parts: [media as OutboundMessage, ...rest.parts] };
}

/** Returns how many characters the text may have in the message that carries the choices. */
function roomFor(message: Worded, limits: ChannelLimits): number {
  const { choicesAs, choices = [] } = message;
  if (choices.length === 0) return message.type === 'text' ? limits.text : limits.caption;
  switch (choicesShown({ choices, choicesAs }, limits)) {
    case 'buttons':
      return limits.bodyWithChoices;
    case 'list':
      return limits.list.body ?? limits.bodyWithChoices;
    case 'text':
      return Math.max(1, limits.text - numberedLength(choices));
  }
}

type Split = Extract<OutboundMessage, { readonly text: string }>;

interface Room {
  /** How many characters a part may have. */
  readonly limit: number;
  /** How many characters may stay in the message itself, which comes last. */
  readonly last: number;
  /** How many messages there may be; `MAX_PARTS` by default. */
  readonly max?: number;
  readonly fitting: Fitting;
}

function split(message: Split, { limit, last, max = MAX_PARTS, fitting }: Room): Fitted {
  if (!isLonger(message.text, last)) return { parts: [], message };
  const { parts, isCut } = splitText(message.text, limit, { last, maxParts: max });
  if (isCut) fitting.warn('send/cut', `the text is too long for ${max} messages; the end of it was cut`);
  const [end = '', ...before] = [...parts].reverse();
  const { replyTo, ...rest } = message;
  const previewUrl = message.type === 'text' ? message.previewUrl : undefined;
  const texts = before
    .reverse()
    .map((text, i): OutboundMessage => ({ type: 'text', text, ...given({ previewUrl, ...(i === 0 ? { replyTo } : {}) }) }));
  return { parts: texts, message: { ...rest, ...(texts.length === 0 ? given({ replyTo }) : {}), text: end } as OutboundMessage };
}

function given<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
