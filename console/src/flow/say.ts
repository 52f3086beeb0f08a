/**
 * Says an English sentence in the language of the person. Values fill the places in braces, as ICU has them; sentences are literals where they
 * are said, so that a test can look for their translations.
 *
 * @example say('{count} more', { count: 2 })
 */
export type Say = (sentence: string, values?: Readonly<Record<string, string | number>>) => string;
