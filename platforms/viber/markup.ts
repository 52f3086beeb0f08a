import { cutText, lengthOf } from '../../src/text/cut-text.js';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Buttons read a subset of HTML; messages do not, and are left as they are. */
export function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** What a person reads of a button's words. */
export function plainOf(markup: string): string {
  return markup
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/<[^<>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/** Escaped, and cut so that it is short enough even so. */
export function escapedWithin(text: string, most: number): string {
  for (let room = most; ; ) {
    const made = escaped(cutText(text, room));
    const over = lengthOf(made) - most;
    if (over <= 0) return made;
    // A sign gives up to four characters more than itself.
    room -= Math.max(1, Math.floor(over / 5));
  }
}
