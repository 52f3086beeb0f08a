import type { FlowDefinition, FlowNode, Json, Locales } from '../contract/index.js';
import { valueAt } from '../contract/json/json-pointer.js';
import type { NodeTypes } from '../flow/program.js';
import { hasWords, translatableTexts } from '../flow/translatable.js';
import { languageTag } from '../text/language-chain.js';
import type { TextItem } from './translation.js';

/** Which texts are listed: of a flow, for a translation into a language (BCP 47). */
export interface TextsWanted {
  readonly definition: FlowDefinition;
  readonly language: string;
}

/**
 * Returns the texts of a flow with their translations into a language, in the order of the file: texts that people read, and others that
 * are translated into some language, such as the address of a picture. Texts without words are left out.
 */
export function flowTexts({ definition, language }: TextsWanted, nodeTypes: NodeTypes): readonly TextItem[] {
  const { nodes, settings = {} } = definition;
  const { onError = '', locales, translatedFrom } = settings;
  const label = 'If something fails';
  const ofSettings = textsOf({
    node: '',
    value: settings as unknown as Json,
    locales,
    translatedFrom,
    found: [{ pointer: '/onError', value: onError, label }],
  });
  return [...nodes.flatMap((node) => textsOf(ofNode(node, nodeTypes))), ...ofSettings].map((text) => itemOf(text, language));
}

/** Says what is wrong with a translation into the language in which the flow is written; undefined if it is another one. */
export function ownLanguage({ definition, language }: TextsWanted): { readonly message: string; readonly hint: string } | undefined {
  const { locale } = definition.settings ?? {};
  if (locale === undefined || languageTag(locale) !== language) return undefined;
  return {
    message: `the flow is written in "${locale}", so its texts have no translation into it`,
    hint: 'Name the language of the translation, or change the texts in the flow.',
  };
}

interface Found {
  readonly pointer: string;
  readonly value: string;
  readonly label?: string;
}

/** A node, or the settings. */
interface Holder {
  readonly node: string;
  readonly nodeName?: string | undefined;
  /** The params, or the settings. */
  readonly value: Json;
  readonly locales: Locales | undefined;
  readonly translatedFrom: Locales | undefined;
  /** The texts that people read. */
  readonly found: readonly Found[];
}
type Text = Found & { readonly of: Holder };

function ofNode(node: FlowNode, nodeTypes: NodeTypes): Holder {
  const type = nodeTypes.get(node.type, node.version);
  const { id, name, params, locales, translatedFrom } = node;
  const found = type ? translatableTexts(nodeTypes.describe(type.params), params) : [];
  return { node: id, nodeName: name, value: params, locales, translatedFrom, found };
}

function textsOf(of: Holder): readonly Text[] {
  const known = new Set(of.found.map(({ pointer }) => pointer));
  const translated = new Set(Object.values(of.locales ?? {}).flatMap((texts) => Object.keys(texts)));
  const others = [...translated].flatMap((pointer): readonly Found[] => {
    const value = known.has(pointer) ? undefined : valueAt(of.value, pointer);
    return typeof value === 'string' ? [{ pointer, value }] : [];
  });
  const own = of.found.filter(({ pointer, value }) => hasWords(value) || translated.has(pointer));
  return [...own, ...others].map((text) => ({ ...text, of }));
}

function itemOf({ pointer, value: source, label, of }: Text, language: string): TextItem {
  const translation = textIn(of.locales, language, pointer);
  const translatedFrom = translation === undefined ? undefined : textIn(of.translatedFrom, language, pointer);
  return {
    key: `${of.node}${pointer}`,
    node: of.node,
    ...(of.nodeName === undefined ? {} : { nodeName: of.nodeName }),
    pointer,
    source,
    ...(translation === undefined ? {} : { translation }),
    changed: translatedFrom !== undefined && translatedFrom !== source,
    ...(translatedFrom === undefined ? {} : { translatedFrom }),
    ...(label === undefined ? {} : { hint: label }),
  };
}

function textIn(locales: Locales | undefined, language: string, pointer: string): string | undefined {
  for (const [name, texts] of Object.entries(locales ?? {}))
    if (languageTag(name) === language && Object.hasOwn(texts, pointer)) return texts[pointer];
  return undefined;
}
