import { cutText, lengthOf } from '../../src/adapter-kit/index.js';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Escapes a text for a button: buttons show a subset of HTML. Messages do not, and need no escaping. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** Escapes a text and cuts it so that the result has at most `limit` characters. */
export function escapeWithin(text: string, limit: number): string {
  for (let room = limit; ; ) {
    const escaped = escapeHtml(cutText(text, room));
    const excess = lengthOf(escaped) - limit;
    if (excess <= 0) return escaped;
    // Escaping a character adds at most four.
    room -= Math.max(1, Math.floor(excess / 5));
  }
}

/** Returns what a person reads on a button whose text has markup. */
export function plainTextOf(markup: string): string {
  return markup
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/<[^<>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}

/** What stands before a description: a new line in small letters. */
const SMALL = '<br><font size="12">';

/** Returns the text of a button with a description below its title. */
export function withDescription(title: string, description: string): string {
  return `${escapeHtml(title)}${SMALL}${escapeHtml(description)}</font>`;
}

/** Returns what a person reads on a button: its title, and the description if `withDescription` has added one. */
export function wordsOn(markup: string): { readonly title: string; readonly description: string } {
  const [title = '', ...below] = markup.split(SMALL);
  return { title: plainTextOf(title).trim(), description: plainTextOf(below.join(SMALL)).trim() };
}
