import type { Json } from '../../src/contract/index.js';
import { readJson } from '../../src/contract/json/exact-json.js';
import { isObject, member, readText } from '../../src/contract/json/json-members.js';
import { hasKeyword, keywordOf, searchedText } from '../../src/text/find-keyword.js';
import { foldWords } from '../../src/text/fold.js';
import type { Category } from './params.js';

/** What a model says if a text belongs to no category. */
export const NONE = 'none';

/**
 * Returns the category that a model's answer names. Models answer in many ways: with the JSON that they were asked for, with JSON in a block
 * of Markdown, with the name alone, or with a sentence that has it.
 *
 * @returns `none` if it says so; undefined for an unknown category, and an answer that names several.
 * @example readCategory('```json\n{ "category": "Angry" }\n```', [{ name: 'angry' }]) // { name: 'angry' }
 */
export function readCategory(answer: string, categories: readonly Category[]): Category | typeof NONE | undefined {
  const named = namedIn(answer);
  const folded = foldWords(named);
  const same = categories.find((one) => namesOf(one).some((name) => foldWords(name) === folded));
  if (same) return same;
  if (folded === NONE) return NONE;
  const searched = searchedText(named);
  const found = categories.filter((one) => namesOf(one).some((name) => hasKeyword(searched, keywordOf(name), 'anywhere')));
  return found.length === 1 ? found[0] : undefined;
}

/** The name as it is, its words without hyphens, and the title. */
function namesOf({ name, title }: Category): readonly string[] {
  return [name, name.replaceAll('-', ' '), ...(title === undefined ? [] : [title])];
}

/** Returns what the JSON in an answer names; the whole answer if there is none. */
function namedIn(answer: string): string {
  const [from, to] = [answer.indexOf('{'), answer.lastIndexOf('}')];
  const json = from >= 0 && to > from ? readJson(answer.slice(from, to + 1)) : undefined;
  return textIn(member(json, 'category')) ?? textIn(isObject(json) ? Object.values(json)[0] : undefined) ?? answer;
}

/** Reads a name, or the first of a list of names. */
function textIn(value: Json | undefined): string | undefined {
  const [first] = Array.isArray(value) ? value : [value];
  return readText(first);
}
