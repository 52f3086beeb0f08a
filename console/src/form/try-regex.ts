/** What a pattern does with words. */
export type RegexTrial =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'match'; readonly groups: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: 'none' };

/**
 * Returns what a pattern finds in words, anywhere or as a whole. The host reads patterns as RE2, the browser as its own; of the few things
 * that differ, `(?P<name>…)` and flags at the beginning are read here as well. A pattern that the browser cannot read gives `unknown`.
 */
export function tryRegex(pattern: string, words: string): RegexTrial {
  try {
    const [, flags = '', rest = ''] = /^(?:\(\?([a-z]+)\))?(.*)$/s.exec(pattern) ?? [];
    const found = new RegExp(rest.replaceAll('(?P<', '(?<'), `u${[...flags].filter((one) => 'ims'.includes(one)).join('')}`).exec(words);
    if (!found) return { kind: 'none' };
    const named = Object.entries(found.groups ?? {});
    const numbered = found.slice(1).map((value, i) => [String(i + 1), value] as const);
    return { kind: 'match', groups: (named.length > 0 ? named : numbered).map(([name, value]) => [name, value ?? ''] as const) };
  } catch {
    return { kind: 'unknown' };
  }
}
