import type { FlowDefinition, FlowNode } from '../contract/index.js';
import { languageChain, languageTag } from '../text/language-chain.js';

/** Texts in one language by JSON Pointer. */
export type Translations = Readonly<Record<string, string>>;

/** The languages of a flow. */
export interface FlowLanguages {
  /** The languages that the flow is translated into, canonical and in order. */
  readonly translated: readonly string[];
  /**
   * Returns the translations that a person of this language gets, best first: those that `languageChain` gives for the person, then those
   * for the flow's own language. Where none of them has a text, the text of the params is meant.
   */
  chain(language?: string): readonly string[];
}

/** How many languages of people are kept with their chains. */
const MAX_KEPT = 200;

type Translated = Pick<FlowDefinition, 'nodes' | 'settings'>;

/**
 * Returns the languages of a flow. If nothing is translated into `settings.locale`, that is the language of the params, which end the chain:
 * a person who reads English gets the English params, not the translation for the United Kingdom.
 */
export function createLanguages({ nodes, settings = {} }: Translated): FlowLanguages {
  const locales = [settings.locales, ...nodes.map((node) => node.locales)];
  const translated = [...new Set(locales.flatMap((one) => Object.keys(one ?? {})).map(languageTag))].sort();
  const own = settings.locale === undefined ? undefined : languageTag(settings.locale);
  const source = own === undefined || translated.includes(own) ? undefined : own;
  const available = source === undefined ? translated : [...translated, source];
  const made = new Map<string, readonly string[]>();
  const make = (language: string | undefined) => {
    const chain = [...new Set([...languageChain(language, available), ...languageChain(own, available)])];
    return source === undefined ? chain : chain.slice(0, chain.indexOf(source));
  };
  const chain = (language = '') => {
    const known = made.get(language);
    if (known) return known;
    if (made.size >= MAX_KEPT) made.clear();
    const found = make(language === '' ? undefined : language);
    made.set(language, found);
    return found;
  };
  return { translated, chain };
}

/** Returns the translations of a node or of the settings by canonical language. */
export function textsIn(locales: NonNullable<FlowNode['locales']>): ReadonlyMap<string, Translations> {
  const found = new Map<string, Translations>();
  for (const [language, texts] of Object.entries(locales)) {
    const tag = languageTag(language);
    found.set(tag, { ...texts, ...found.get(tag) });
  }
  return found;
}
