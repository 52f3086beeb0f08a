import type { CheckScope, JsonObject, NodeProblem, Problem } from '../../contract/index.js';
import { pointerOf } from '../../contract/json/json-pointer.js';
import { jsonSize } from '../../contract/json/json-size.js';
import { problemsOfJoi, validateAll } from '../problems-of-joi.js';
import { translatableTexts } from '../translatable.js';
import { type Translations, textsIn, withTexts } from '../translations.js';
import { ownScopes } from './check-own.js';
import { attempt, type Checked, type KnownNode } from './checked.js';

/**
 * Reports what is wrong with the params as a person of each language gets them: texts that the schema refuses, or that are too long for a
 * channel. What is wrong without the translations, too, is left to the other checks.
 */
export function checkTranslated(checked: Checked): readonly Problem[] {
  const { known, effortOfTranslations: effort, languages, world } = checked;
  const scopeOf = ownScopes(checked);
  return known.flatMap((one) => {
    const { node, at, params } = one;
    if (params === undefined || !node.locales) return [];
    const names = Object.keys(node.locales);
    const costOfOne = costOf(node.params, languages.translated.length);
    if (!effort.spend(costOfOne)) return effort.giveUp({ pointer: `${at}/locales`, node: node.id });
    const translated = translatedNode(one, checked, scopeOf(one));
    return names.flatMap((language) => {
      if (!effort.spend(costOfOne)) return effort.giveUp({ pointer: `${at}/locales`, node: node.id });
      const merged = merge(translated.texts, languages.chain(language));
      return problemsIn(translated, { language, merged }, world);
    });
  });
}

interface TranslatedNode {
  readonly one: KnownNode;
  readonly scope: CheckScope;
  readonly texts: ReadonlyMap<string, Translations>;
  /** Returns whether the schema surely allows a text at a pointer. */
  readonly accepts: (pointer: string, text: string) => boolean;
  /** The problems of the params without translations. */
  readonly known: ReadonlySet<string>;
  /** What has been reported in another language: a text of `de` is part of `de-AT` as well. */
  readonly reported: Set<string>;
}

function translatedNode(one: KnownNode, { world }: Checked, scope: CheckScope): TranslatedNode {
  const { node, type, params } = one;
  const fields = new Map(translatableTexts(world.nodeTypes.describe(type.params), node.params).map((field) => [field.pointer, field]));
  return {
    one,
    scope,
    texts: textsIn(node.locales ?? {}),
    accepts: (pointer, text) => fields.get(pointer)?.accepts(text) === true,
    known: new Set(ownProblems(one, params, scope).map(keyOf)),
    reported: new Set(),
  };
}

interface InLanguage {
  readonly language: string;
  readonly merged: Translations;
}

function problemsIn(translated: TranslatedNode, { language, merged }: InLanguage, { nodeTypes }: Checked['world']): readonly Problem[] {
  const { one, scope, known, reported, accepts } = translated;
  const { node, type } = one;
  const refused = Object.entries(merged).every(([pointer, text]) => accepts(pointer, text))
    ? undefined
    : validateAll(type.params, withTexts(node.params, merged)).error;
  const schema = () => nodeTypes.describe(type.params);
  const ofForm = refused ? problemsOfJoi(refused, { pointer: '', code: 'params', schema }) : [];
  // `params` is checked, not what is in the file: it has the defaults.
  const own = refused ? [] : ownProblems(one, withTexts(one.params as JsonObject, merged), scope);
  const found = [...ofForm, ...own.filter((problem) => isTranslated(problem, merged) || !known.has(keyOf(problem)))];
  return found.flatMap((problem) => {
    const pointer = placeOf(problem, { language, merged }, one);
    const key = [pointer, problem.code, problem.message].join('\n');
    if (reported.has(key)) return [];
    reported.add(key);
    return [{ ...problem, severity: problem.severity ?? 'error', pointer, node: node.id }];
  });
}

function ownProblems({ type }: KnownNode, params: unknown, scope: CheckScope): readonly NodeProblem[] {
  return attempt(() => type.check?.(params, scope)) ?? [];
}

function keyOf({ pointer, code }: NodeProblem): string {
  return `${code} ${pointer}`;
}

function isTranslated({ pointer }: NodeProblem, merged: Translations): boolean {
  return Object.hasOwn(merged, pointer);
}

/** Returns the place of the translation that has the problem, or that of the language. */
function placeOf({ pointer }: NodeProblem, { language, merged }: InLanguage, { node, at }: KnownNode): string {
  const holds = (name: string) => Object.hasOwn(node.locales?.[name] ?? {}, pointer) && node.locales?.[name]?.[pointer] === merged[pointer];
  const from = [language, ...Object.keys(node.locales ?? {})].find(holds);
  return `${at}/locales${pointerOf(from === undefined ? [language] : [from, pointer])}`;
}

/** Returns the texts of some languages, of which the first one counts. */
function merge(texts: ReadonlyMap<string, Translations>, chain: readonly string[]): Translations {
  return Object.assign({}, ...chain.map((language) => texts.get(language)).reverse()) as Translations;
}

/** Returns the cost of a language in about microseconds: it is looked up among all, and the params are copied and checked again. */
function costOf(params: JsonObject, languages: number): number {
  return 10 + jsonSize(params) / 40 + languages / 50;
}
