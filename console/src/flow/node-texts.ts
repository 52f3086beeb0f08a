import type { FlowDefinition, FlowNode, Locales } from '../../../src/contract/flow.js';
import type { Field } from '../../../src/contract/form.js';
import { pointerOf } from '../../../src/contract/json/json-pointer.js';
import type { Json } from '../../../src/contract/json.js';
import type { Command } from './commands.js';
import { fieldAt } from './field-at.js';
import { labelsAt } from './labels-at.js';
import { piecesOf } from './pieces.js';

/** A text of a node that people read. */
export interface NodeText {
  /** JSON Pointer into the params. */
  readonly pointer: string;
  /** The labels of the fields that lead to it: `Choices`, `2`, `Title`. */
  readonly labels: readonly string[];
  readonly source: string;
  readonly rows?: number;
}

/** Returns the texts of a node that are translated: those that the form marks, if they have words. */
export function textsOfNode({ params }: FlowNode, form: Field): readonly NodeText[] {
  return textsIn(params, []).flatMap(({ pointer, text }) => {
    const field = fieldAt(form, pointer);
    if (!field?.translatable || !hasWords(text)) return [];
    const { rows } = field;
    return [{ pointer, labels: labelsAt(form, pointer), source: text, ...(rows === undefined ? {} : { rows }) }];
  });
}

function textsIn(
  value: Json | undefined,
  path: readonly (string | number)[],
): readonly { readonly pointer: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ pointer: pointerOf(path), text: value }];
  if (value === undefined || value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap((one: Json, i) => textsIn(one, [...path, i]));
  return Object.entries(value).flatMap(([name, one]) => textsIn(one, [...path, name]));
}

/** Variables, numbers, signs and addresses are the same in every language. */
function hasWords(text: string): boolean {
  return piecesOf(text).some((piece) => 'text' in piece && /\p{L}/u.test(piece.text.replace(/https?:\/\/\S*/gi, ' ')));
}

/** Returns the languages that the flow is translated into, as they are written in it, each once. */
export function languagesOf({ nodes, settings }: FlowDefinition): readonly string[] {
  const names = [settings?.locales, ...nodes.map(({ locales }) => locales)].flatMap((locales) => Object.keys(locales ?? {}));
  return [...new Map(names.map((name) => [sameFor(name), name] as const).reverse()).values()].sort();
}

/** A translation of a text. */
export interface Translation {
  readonly text: string;
  /** The text that was translated, if it is another one now. */
  readonly before?: string;
}

/** Returns the translation of a text of a node; undefined if there is none. */
export function translationOf(node: FlowNode, language: string, { pointer, source }: NodeText): Translation | undefined {
  const text = textIn(node.locales, language, pointer);
  const before = textIn(node.translatedFrom, language, pointer);
  if (text === undefined) return undefined;
  return before === undefined || before === source ? { text } : { text, before };
}

function textIn(locales: Locales | undefined, language: string, pointer: string): string | undefined {
  return locales?.[nameIn(locales, language)]?.[pointer];
}

/** Returns the name that a language has in these locales. */
function nameIn(locales: Locales, language: string): string {
  return Object.keys(locales).find((name) => sameFor(name) === sameFor(language)) ?? language;
}

/** Case and underscores of a language tag do not matter. */
function sameFor(language: string): string {
  return language.toLowerCase().replaceAll('_', '-');
}

/** A translation that somebody writes; an empty one is removed. */
export interface WrittenTranslation {
  readonly language: string;
  readonly text: NodeText;
  readonly translation: string;
}

/** Sets or removes the translation of a text. It is up to date then. */
export function setTranslation(id: FlowNode['id'], { language, text, translation }: WrittenTranslation): Command {
  const { pointer, source } = text;
  const isRemoved = translation === '';
  const change = (node: FlowNode): FlowNode => {
    if (node.id !== id || (textIn(node.locales, language, pointer) ?? '') === translation) return node;
    const { locales, translatedFrom, ...rest } = node;
    const both = {
      locales: withText(locales ?? {}, { language, pointer, text: isRemoved ? undefined : translation }),
      translatedFrom: withText(translatedFrom ?? {}, { language, pointer, text: isRemoved ? undefined : source }),
    };
    const kept = Object.entries(both).filter(([, value]) => Object.keys(value).length > 0);
    return { ...rest, ...Object.fromEntries(kept) };
  };
  return (flow) => {
    const nodes = flow.nodes.map(change);
    return nodes.every((node, i) => node === flow.nodes[i]) ? flow : { ...flow, nodes };
  };
}

interface TextIn {
  readonly language: string;
  readonly pointer: string;
  /** Undefined removes it, and a language without texts with it. */
  readonly text: string | undefined;
}

function withText(locales: Locales, { language, pointer, text }: TextIn): Locales {
  const name = nameIn(locales, language);
  const { [pointer]: _, ...others } = locales[name] ?? {};
  const texts = text === undefined ? others : { ...locales[name], [pointer]: text };
  const { [name]: __, ...rest } = locales;
  if (Object.keys(texts).length === 0) return rest;
  return { ...locales, [name]: texts };
}
