import type { CarouselCard, Choice, OutboundMessage } from '../../src/contract/index.js';

/** How choices are laid out, as the channel's adapter tells it. */
export type Layout = 'buttons' | 'list' | 'numbers' | 'titles' | 'any';

/** What a person sees of a message, a line each. */
export function linesOnPhone(message: OutboundMessage, layout: Layout): readonly string[] {
  switch (message.type) {
    case 'text':
      return framed(message, message.text.split('\n'), layout);
    case 'image':
    case 'video':
      return framed(message, [`(${message.type} ${message.url})`, ...wordsOf(message.text)], layout);
    case 'document':
      return framed(message, [`(document ${message.fileName ?? message.url})`, ...wordsOf(message.text)], layout);
    case 'audio':
      return [`(audio ${message.url})`];
    case 'sticker':
      return [`(sticker ${message.stickerId ?? message.url})`];
    case 'location':
      return [`(map ${[`${message.latitude}, ${message.longitude}`, message.name, message.address].filter(Boolean).join(', ')})`];
    case 'contacts':
      return message.contacts.map(({ name, phone, email }) => `(contact ${[name, phone, email].filter(Boolean).join(', ')})`);
    case 'link':
      return [message.text, `[${message.button}: ${message.url}]`];
    case 'template':
      return [`(template ${message.name}, ${message.language}: ${Object.values(message.body ?? {}).join(', ')})`];
    case 'carousel':
      return [message.text, ...message.cards.flatMap(linesOfCard)];
    case 'reaction':
      return [`(${message.emoji} on your message)`];
    default:
      return [`(${message.type})`, ...wordsOf('text' in message ? message.text : undefined)];
  }
}

interface Framed {
  readonly choices?: readonly Choice[];
  readonly header?: string;
  readonly footer?: string;
  readonly listButton?: string;
}

function framed({ choices = [], header, footer, listButton }: Framed, body: readonly string[], layout: Layout): readonly string[] {
  return [...wordsOf(header), ...body, ...wordsOf(footer), ...linesOfChoices(choices, { layout, listButton })];
}

function linesOfChoices(
  choices: readonly Choice[],
  { layout, listButton = 'Choose' }: { readonly layout: Layout; readonly listButton?: string | undefined },
): readonly string[] {
  if (choices.length === 0) return [];
  if (layout === 'numbers') return choices.map(({ title }, i) => `${i + 1}. ${title}`);
  if (layout !== 'list') return [choices.map(({ title }) => `[${title}]`).join(' ')];
  return [`[${listButton}]`, ...choices.map(({ title, description }) => `  ${[title, description].filter(Boolean).join(': ')}`)];
}

function linesOfCard({ imageUrl, text, choices = [], button, url }: CarouselCard): readonly string[] {
  const buttons = [...choices.map(({ title }) => `[${title}]`), ...(button === undefined ? [] : [`[${button}: ${url}]`])];
  return [`  (image ${imageUrl}) ${text} ${buttons.join(' ')}`];
}

function wordsOf(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : text.split('\n');
}
