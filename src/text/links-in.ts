import { withoutInvisible } from './fold.js';
import { loadLinkify } from './load-later.js';
import { searchedPart } from './seen-by.js';

/** The maximum length of an e-mail address: https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.3 */
const MAX_EMAIL = 254;

/**
 * Finds the e-mail addresses in a text, as they are written, without `mailto:`. Only the first 2,000 characters are searched.
 *
 * @example emailsIn('Write to Ada <ada@example.com>.') // ['ada@example.com']
 */
export function emailsIn(text: string): readonly string[] {
  if (!text.includes('@')) return [];
  const addresses = found(text).flatMap(({ schema, text: written }) => (schema === 'mailto:' ? [written.replace(/^mailto:/i, '')] : []));
  return [...new Set(addresses)].filter(({ length }) => length <= MAX_EMAIL);
}

/**
 * Finds the addresses of web pages in a text, with `https://` before those that are written without it. Only the first 2,000 characters are
 * searched.
 *
 * @example linksIn('See example.com/a or http://b.example.') // ['https://example.com/a', 'http://b.example']
 */
export function linksIn(text: string): readonly string[] {
  return found(text).flatMap(({ schema, url, raw }) => (/^https?:$/.test(schema) ? [url] : schema === '' ? [`https://${raw}`] : []));
}

function found(text: string) {
  const { LinkifyIt } = loadLinkify();
  return new LinkifyIt({ fuzzyLink: true }).match(withoutInvisible(searchedPart(text))) ?? [];
}
