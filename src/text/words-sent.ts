import type { OutboundMessage } from '../contract/index.js';

/** Choices of a message that are named. */
const MAX_CHOICES = 10;

/** Returns what a message says, with the titles of its choices: `Which size? [Small] [Large]`. What has no words is told by its type: `(image)`. */
export function wordsSent(message: OutboundMessage): string {
  const { type, text, choices } = message as {
    readonly type: string;
    readonly text?: unknown;
    readonly choices?: unknown;
  };
  const titles = (Array.isArray(choices) ? (choices as readonly { readonly title?: unknown }[]) : []).flatMap(({ title }) =>
    typeof title === 'string' ? [`[${title}]`] : [],
  );
  const words = typeof text === 'string' && text.trim() !== '' ? [text.trim()] : [];
  const kind = type === 'text' ? [] : [`(${type})`];
  return [...kind, ...words, ...titles.slice(0, MAX_CHOICES)].join(' ');
}
