import { type InboundMessage, MESSAGE_TITLES } from '../../src/contract/index.js';
import type { ModelMessage } from '../../src/nodes/ask-model.js';
import { startOf } from '../../src/text/cut-text.js';
import { wordsOfMessage } from '../../src/text/message-words.js';

/** What was said, oldest first. It begins with the person, and nobody speaks twice in a row: some models accept nothing else. */
export type History = readonly ModelMessage[];

/** What is remembered of a talk. It is part of every call, and of the person's record. */
const MAX_MESSAGES = 40;
const MAX_CHARACTERS = 16_000;
/** Characters of what one of them says before the other one does. */
const MAX_SAID = 6_000;

/** Adds what was said. What is older than the bounds is forgotten; the instructions of the model are not part of the history. */
export function withSaid(history: History, { role, content }: ModelMessage): History {
  const last = history.at(-1);
  const isSame = last?.role === role;
  const said = { role, content: startOf(isSame ? `${last.content}\n${content}` : content, MAX_SAID) };
  const all = [...(isSame ? history.slice(0, -1) : history), said].slice(-MAX_MESSAGES);
  let size = all.reduce((sum, one) => sum + one.content.length, 0);
  let from = 0;
  while (from < all.length - 1 && (size > MAX_CHARACTERS || all[from]?.role !== 'user')) {
    size -= all[from]?.content.length ?? 0;
    from += 1;
  }
  return all.slice(from);
}

/** Returns the history as a text for people. */
export function transcriptOf(history: History): string {
  return history.map(({ role, content }) => `${role === 'user' ? 'Person' : 'Assistant'}: ${content}`).join('\n');
}

/**
 * Returns a message in words for a model, which sees no pictures and hears no voices.
 *
 * @example wordsFor(aPictureWith('my cup')) // [The person sent: Picture, my cup]
 */
export function wordsFor({ type, text, latitude, longitude, contact, form, fileName }: InboundMessage): string {
  if (type === 'text' || type === 'choice') return text;
  const title = Object.entries(MESSAGE_TITLES).find(([name]) => name === type)?.[1] ?? MESSAGE_TITLES.unknown;
  const place = latitude === undefined || longitude === undefined ? undefined : `${latitude} ${longitude}`;
  const card = contact === undefined ? undefined : wordsOfMessage(contact);
  const parts = [title, place, card, form === undefined ? undefined : JSON.stringify(form), fileName, text];
  return `[The person sent: ${parts.filter(Boolean).join(', ')}]`;
}
