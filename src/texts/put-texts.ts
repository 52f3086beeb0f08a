import type { FlowDefinition, Locales } from '../contract/index.js';
import type { NodeTypes } from '../flow/program.js';
import { isBlankText } from '../text/fold.js';
import { languageTag } from '../text/language-chain.js';
import { flowTexts } from './flow-texts.js';
import type { TextItem, TranslatedText } from './translation.js';

/** Translations for a flow. */
export interface TextsToPut {
  readonly definition: FlowDefinition;
  /** A canonical tag (BCP 47). */
  readonly language: string;
  readonly texts: readonly TranslatedText[];
}

/** What an import has done. */
export interface TextsPut {
  readonly definition: FlowDefinition;
  /** How many translations are new, or others than before. */
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
  /** The keys of texts that the flow does not have. */
  readonly unknown: readonly string[];
  /** The keys of translations whose source is not today's text. They are taken, and remain marked as changed. */
  readonly outdated: readonly string[];
}

/** What becomes of one translation; undefined if nothing changes. */
interface Edit {
  readonly item: TextItem;
  /** Undefined removes it. */
  readonly translation: string | undefined;
  readonly translatedFrom: string;
}

/**
 * Returns a flow with translations put in by their keys. An empty one is removed; one of spaces alone changes nothing. Beside each translation its source is kept in
 * `translatedFrom`, so that a later change of the text is seen. Parts without a change are the same objects as before.
 */
export function putTexts({ definition, language, texts }: TextsToPut, nodeTypes: NodeTypes): TextsPut {
  const items = new Map(flowTexts({ definition, language }, nodeTypes).map((item) => [item.key, item]));
  const known = texts.flatMap((text) => {
    const item = items.get(text.key);
    return item ? [{ item, text: withItsEnds(withItsLineBreaks(text, item), item) }] : [];
  });
  const edits = known.flatMap(({ item, text }) => editOf(item, text) ?? []);
  const isNew = ({ item, translation }: Edit) => translation !== undefined && translation !== item.translation;
  const changed = edits.filter(isNew).length;
  const removed = edits.filter(({ translation }) => translation === undefined).length;
  return {
    definition: edits.length === 0 ? definition : withEdits(definition, { language, edits }),
    changed,
    removed,
    unchanged: known.length - changed - removed,
    unknown: texts.map(({ key }) => key).filter((key) => !items.has(key)),
    outdated: known
      .filter(({ item, text }) => text.translation !== '' && (text.source ?? item.source) !== item.source)
      .map(({ item }) => item.key),
  };
}

/** A file whose line breaks were changed on the way, as its sources show, has those of the flow again. */
function withItsLineBreaks(text: TranslatedText, { source }: TextItem): TranslatedText {
  if (text.source === undefined || text.source === source || unified(text.source) !== unified(source)) return text;
  return { ...text, source, translation: unified(text.translation) };
}

/** Spaces at the ends come from spreadsheets and tools, unless the text has some itself. */
function withItsEnds(text: TranslatedText, { source }: TextItem): TranslatedText {
  const begun = source === source.trimStart() ? text.translation.trimStart() : text.translation;
  const translation = source === source.trimEnd() ? begun.trimEnd() : begun;
  return translation === '' ? text : { ...text, translation };
}

function unified(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function editOf(item: TextItem, { translation, source = item.source, isConfirmed }: TranslatedText): Edit | undefined {
  if (translation === '') return item.translation === undefined ? undefined : { item, translation: undefined, translatedFrom: '' };
  if (isBlankText(translation)) return undefined;
  if (translation === item.translation && !(isConfirmed && item.translatedFrom !== source)) return undefined;
  return { item, translation, translatedFrom: source };
}

interface Edits {
  readonly language: string;
  readonly edits: readonly Edit[];
}

function withEdits(definition: FlowDefinition, { language, edits }: Edits): FlowDefinition {
  const byNode = new Map<string, Edit[]>();
  for (const edit of edits) byNode.set(edit.item.node, [...(byNode.get(edit.item.node) ?? []), edit]);
  const nodes = definition.nodes.map((node) => {
    const own = byNode.get(node.id);
    return own ? withOwn(node, { language, edits: own }) : node;
  });
  const ofSettings = byNode.get('');
  const settings = ofSettings && { settings: withOwn(definition.settings ?? {}, { language, edits: ofSettings }) };
  return { ...definition, ...settings, nodes };
}

interface Translated {
  readonly locales?: Locales;
  readonly translatedFrom?: Locales;
}

function withOwn<T extends Translated>({ locales, translatedFrom, ...rest }: T, { language, edits }: Edits): T {
  const texts = edits.map(({ item: { pointer }, translation }) => [pointer, translation] as const);
  const sources = edits.map(({ item: { pointer }, translation, translatedFrom: source }) => [pointer, translation && source] as const);
  const both = { locales: withTextsIn(locales, language, texts), translatedFrom: withTextsIn(translatedFrom, language, sources) };
  const kept = Object.entries(both).filter(([, value]) => Object.keys(value).length > 0);
  // The members that were taken out are put back, or were empty and optional.
  return { ...rest, ...Object.fromEntries(kept) } as unknown as T;
}

/** Puts texts into a language, under the name that it has; those that are undefined are removed, and a language without texts with them. */
function withTextsIn(
  locales: Locales = {},
  language: string,
  texts: readonly (readonly [pointer: string, text: string | undefined])[],
): Locales {
  const names = Object.keys(locales).filter((one) => languageTag(one) === language);
  const name = names[0] ?? language;
  const merged = new Map(names.reverse().flatMap((one) => Object.entries(locales[one] ?? {})));
  for (const [pointer, text] of texts)
    if (text === undefined) merged.delete(pointer);
    else merged.set(pointer, text);
  const others = Object.entries(locales).map(([one, own]) => [one, one === name ? Object.fromEntries(merged) : own] as const);
  const all = names.length > 0 ? others : [...others, [name, Object.fromEntries(merged)] as const];
  return Object.fromEntries(all.filter(([one, own]) => (one === name || !names.includes(one)) && Object.keys(own).length > 0));
}
