import type { FlowDefinition, Json, JsonObject, Locales } from '../contract/index.js';
import { ownMember, partsOfPointer } from '../contract/json/json-pointer.js';
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
  /** Returns the part of the chain that is in the language itself, and whether the params are in it. */
  related(language: string): { readonly translated: readonly string[]; readonly endInParams: boolean };
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
  const names = new Set(locales.flatMap((one) => Object.keys(one ?? {})));
  const translated = [...new Set([...names].map(languageTag))].sort();
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
  const related = (language: string) => {
    const found = languageChain(language, available);
    const end = source === undefined ? -1 : found.indexOf(source);
    return end < 0 ? { translated: found, endInParams: false } : { translated: found.slice(0, end), endInParams: true };
  };
  return { translated, chain, related };
}

/** Returns the translations of a node or of the settings by canonical language. */
export function textsIn(locales: Locales): ReadonlyMap<string, Translations> {
  const found = new Map<string, Translations>();
  for (const [language, texts] of Object.entries(locales)) {
    const tag = languageTag(language);
    found.set(tag, { ...texts, ...found.get(tag) });
  }
  return found;
}

/**
 * Returns a copy of the params with texts put in at JSON Pointers. A pointer that leads to no text is ignored. Parts without a text to
 * change are those of the params.
 */
export function withTexts(params: JsonObject, texts: Translations): JsonObject {
  const copied = new Set<unknown>();
  const own = <T extends Json>(value: T): T => {
    if (copied.has(value)) return value;
    const copy = (Array.isArray(value) ? [...value] : { ...(value as JsonObject) }) as T;
    copied.add(copy);
    return copy;
  };
  const result = own(params);
  for (const [pointer, text] of Object.entries(texts)) {
    const path = partsOfPointer(pointer);
    const last = path.pop();
    if (last === undefined || typeof ownMember(path.reduce<unknown>(ownMember, params), last) !== 'string') continue;
    let holder: Json = result;
    for (const part of path) {
      const inner: Json = own(ownMember(holder, part) as Json);
      Reflect.set(holder as object, part, inner);
      holder = inner;
    }
    Reflect.set(holder as object, last, text);
  }
  return result;
}
