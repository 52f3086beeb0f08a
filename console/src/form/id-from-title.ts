import type { Json } from '../../../src/contract/json.js';

/** What may be in an id that is made of a title. */
export interface IdRule {
  /** In characters. */
  readonly max: number;
  /** The ids that others have. */
  readonly taken: readonly string[];
}

/**
 * Returns an id made of a title: small letters and digits, joined by dashes, different from all others. Letters of other scripts are kept
 * out, because ids may be the names of ports; a title of such letters alone becomes a number.
 *
 * @example idFromTitle('Wednesday, 7 pm', { max: 64, taken: [] })   // 'wednesday-7-pm'
 */
export function idFromTitle(title: string, { max, taken }: IdRule): string {
  const plain = title
    .replaceAll(/\{\{.*?\}\}|\{%.*?%\}/g, ' ')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, max)
    .replaceAll(/^-+|-+$/g, '');
  if (plain !== '' && !taken.includes(plain)) return plain;
  const stem = plain === '' ? '' : `${plain.slice(0, max - 4)}-`;
  for (let n = plain === '' ? 1 : 2; ; n += 1) if (!taken.includes(`${stem}${n}`)) return `${stem}${n}`;
}

/**
 * Returns whether an id still follows its title: it is what the title gives, or empty. Once it is set by hand it stays, whatever becomes of
 * the title.
 */
export function followsTitle(id: Json | undefined, title: Json | undefined, rule: IdRule): boolean {
  if (id === undefined || id === '') return true;
  const words = typeof title === 'string' ? title : '';
  if (typeof id !== 'string') return false;
  const free = idFromTitle(words, { ...rule, taken: rule.taken.filter((one) => one !== id) });
  return id === free || (words.trim() === '' && /^\d+$/.test(id));
}
