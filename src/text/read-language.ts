/** The maximum length of a language tag, in characters. */
const MAX_LENGTH = 35;

/**
 * Reads a language tag (BCP 47), and returns it in its canonical form. An underscore counts as a hyphen, as in the names of locales.
 *
 * @returns undefined for everything else, such as the name of a language: its code has two or three letters.
 * @example readLanguage('pt_br') // pt-BR
 */
export function readLanguage(text: string): string | undefined {
  const tag = text.trim().replaceAll('_', '-');
  if (tag.length > MAX_LENGTH || !/^[a-z]{2,3}(-|$)/i.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
