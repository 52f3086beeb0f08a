import { readLanguage } from './read-language.js';

/**
 * Returns which of some languages a person understands, best first: the language itself, then shorter tags of it step by step, then other
 * regions of the same language, that of most speakers first. A language in another script is left out, unless it is a shorter tag. All tags
 * are BCP 47; case and underscores do not matter.
 *
 * @param available Canonical tags, as `languageTag` returns them.
 * @example languageChain('zh-TW', ['zh', 'zh-Hant', 'en'])   // ['zh-Hant', 'zh']
 * @example languageChain('pt', ['pt-PT', 'pt-BR', 'en'])     // ['pt-BR', 'pt-PT']
 */
export function languageChain(wanted: string | undefined, available: readonly string[]): readonly string[] {
  if (wanted === undefined || available.length === 0) return [];
  const tag = languageTag(wanted);
  const full = fullTag(tag);
  const [own = '', ...rest] = shorterTags(tag);
  const bare = rest.at(-1) ?? own;
  const steps = [own, ...shorterTags(full), ...rest].filter((step) => step !== bare);
  const found = [...new Set([...steps, bare])].filter((step) => available.includes(step));
  const script = scriptOf(tag);
  const others = available.filter((one) => one.startsWith(`${bare}-`) && !found.includes(one) && scriptOf(one) === script);
  const likely = (one: string) => Number(fullTag(one) !== fullTag(bare));
  return [...found, ...others.sort((a, b) => likely(a) - likely(b) || (a < b ? -1 : 1))];
}

/** Returns a language tag in its canonical form; what is not a tag is folded to lower case, so that it is the same as itself only. */
export function languageTag(text: string): string {
  return readLanguage(text) ?? text.trim().toLowerCase();
}

/** `zh-Hant-TW`, `zh-Hant`, `zh`. A single letter, which begins an extension, goes with what follows it. */
function shorterTags(tag: string): readonly string[] {
  const parts = tag.split('-');
  const tags = parts.map((_, i) => parts.slice(0, parts.length - i).join('-'));
  return tags.filter((one) => !/-[a-z0-9]$/i.test(one));
}

/** Returns the tag with the script and the region that its speakers most likely mean: `zh-TW` is `zh-Hant-TW`. */
function fullTag(tag: string): string {
  return localeOf(tag)?.maximize().baseName ?? tag;
}

/** Returns the language with its script: `zh-Hant` for `zh-TW`. */
function scriptOf(tag: string): string {
  const { language = tag, script = '' } = localeOf(tag)?.maximize() ?? {};
  return `${language}-${script}`;
}

function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}
