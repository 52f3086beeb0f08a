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

/** A message as a channel can take it. */
export interface FittedMessage {
  /** What goes out before it, in order. */
  readonly parts: readonly OutboundMessage[];
  readonly message: OutboundMessage;
  readonly warnings: readonly Warning[];
}

/** A message comes in at most so many parts. */
const MOST_PARTS = 10;
/** What choices stand under where there are no words. */
const NO_WORDS = '👇';

type Worded = Extract<OutboundMessage, { type: 'text' | 'image' | 'video' | 'document' }>;
type Tell = (code: string, detail: string) => void;

/**
 * Makes a message fit into a channel's limits. Long texts and captions come in several parts, choices on the last one; what cannot be split
 * (titles, headers, footers) is cut with "…" and a warning, so that what is stored is what goes out. Pure and total.
 */
export function fitMessage(message: OutboundMessage, limits: ChannelLimits): FittedMessage {
  const warnings: Warning[] = [];
  const tell: Tell = (code, detail) => warnings.push({ code, detail });
  return { ...fitted(message, limits, tell), warnings };
}

function fitted(message: OutboundMessage, limits: ChannelLimits, tell: Tell): Omit<FittedMessage, 'warnings'> {
  switch (message.type) {
    case 'text':
    case 'image':
    case 'video':
    case 'document':
      return fitWorded(withWords(fitChoices(named(message), limits, tell), tell), limits, tell);
    case 'link': {
      const button = cutPart('the button', message.button, limits.link.button, tell);
      return split({ ...message, button }, { limit: limits.text, last: limits.link.text, tell });
    }
    case 'carousel': {
      const cards = message.cards.map((card) => fitCard(card, limits, tell));
      return split({ ...message, cards }, { limit: limits.text, last: limits.carousel?.text ?? limits.text, tell });
    }
    default:
      return { parts: [], message };
  }
}

/** The last segment of its address, for a document that has no name. */
function named(message: Worded): Worded {
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

function withWords(message: Worded, tell: Tell): Worded {
  if (message.type !== 'text' || message.text.trim() !== '') return message;
  tell('send/no-words', `the text above the choices came out empty: they stand under ${NO_WORDS}`);
  return { ...message, text: NO_WORDS };
}

/** Everything around the words that has a limit of its own. */
function fitChoices(message: Worded, limits: ChannelLimits, tell: Tell): Worded {
  const { header, footer, listButton, choices = [] } = message;
  const shown = choicesShown({ ...message, choices }, limits);
  return {
    ...message,
    ...(header === undefined ? {} : { header: cutPart('the header', header, limits.header, tell) }),
    ...(footer === undefined ? {} : { footer: cutPart('the footer', footer, limits.footer, tell) }),
    ...(listButton === undefined ? {} : { listButton: cutPart('the list button', listButton, limits.list.button, tell) }),
    ...(choices.length === 0 || shown === 'text' ? {} : { choices: fitTitles(choices, limits[shown], tell) }),
  };
}

function fitTitles(
  choices: readonly Choice[],
  { title: most, description: mostOfIt }: { readonly title: number; readonly description?: number },
  tell: Tell,
): readonly Choice[] {
  const titles = cutApart(
    choices.map(({ title }) => title),
    most,
  );
  return choices.map((choice, i) => {
    const { title, description } = choice;
    if (isLonger(title, most)) tell('send/cut', `the title "${title}" was cut to ${most} characters`);
    const isCut = mostOfIt !== undefined && description !== undefined && isLonger(description, mostOfIt);
    return {
      ...choice,
      title: isLonger(title, most) ? (titles[i] ?? title) : title,
      ...(isCut ? { description: cutPart('a description', description, mostOfIt, tell) } : {}),
    };
  });
}

function fitCard(card: CarouselCard, limits: ChannelLimits, tell: Tell): CarouselCard {
  const { text, button, choices } = card;
  return {
    ...card,
    text: cutPart('the text of a card', text, limits.carousel?.cardText ?? limits.caption, tell),
    ...(button === undefined ? {} : { button: cutPart('the button of a card', button, limits.link.button, tell) }),
    ...(choices ? { choices: fitTitles(choices, { title: limits.buttons.title }, tell) } : {}),
  };
}

function cutPart(what: string, text: string, most: number, tell: Tell): string {
  if (!isLonger(text, most)) return text;
  tell('send/cut', `${what} was cut to ${most} characters`);
  return cutText(text, most);
}

/** Words that are too long for one message go before the one with the choices, or after the media. */
function fitWorded(message: Worded, limits: ChannelLimits, tell: Tell): Omit<FittedMessage, 'warnings'> {
  const { text = '' } = message;
  const last = roomFor(message, limits);
  if (message.type === 'text') return split(message, { limit: limits.text, last, tell });
  if (!isLonger(text, last)) return { parts: [], message };
  const { text: _, choices, choicesAs, header, footer, listButton, ...media } = message;
  const frame = { choices, choicesAs, header, footer, listButton };
  const below = { type: 'text', text, ...given(frame) } as const;
  const room = roomFor(below, limits);
  const rest = split(below, { limit: limits.text, last: room, most: MOST_PARTS - 1, tell });
  return { ...rest, parts: [media as OutboundMessage, ...rest.parts] };
}

/** How many characters the words may have in the message that carries the choices. */
function roomFor(message: Worded, limits: ChannelLimits): number {
  const { choices = [] } = message;
  if (choices.length === 0) return message.type === 'text' ? limits.text : limits.caption;
  switch (choicesShown({ ...message, choices }, limits)) {
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
  /** Characters of a text alone, and of the text of the message itself, which comes last. */
  readonly limit: number;
  readonly last: number;
  readonly most?: number;
  readonly tell: Tell;
}

function split(message: Split, { limit, last, most = MOST_PARTS, tell }: Room): Omit<FittedMessage, 'warnings'> {
  if (!isLonger(message.text, last)) return { parts: [], message };
  const { parts, isCut } = splitText(message.text, limit, { last, maxParts: most });
  if (isCut) tell('send/cut', `the text is too long for ${most} messages; the end of it was cut`);
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
