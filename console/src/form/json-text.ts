import { isObject } from '../../../src/contract/json/json-members.js';
import type { Json } from '../../../src/contract/json.js';
import { isOneExpression } from './template/template-ranges.js';

/** What a JSON value is, in the words of the form. */
export type JsonKind = 'text' | 'number' | 'boolean' | 'list' | 'object' | 'null' | 'expression';

/** Returns what a value is. A text that is one expression has the type of what it gives. */
export function jsonKind(value: Json | undefined): JsonKind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (isObject(value)) return 'object';
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value as 'number' | 'boolean';
  return typeof value === 'string' && isOneExpression(value) ? 'expression' : 'text';
}

/** Returns the words in which a field shows a value: texts as they are, everything else as JSON. */
export function jsonAsText(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/**
 * Returns what the words of a field mean: a number, yes or no, a list or an object if they have its form, else a text. A text that was made
 * one on purpose (the digits of a postcode) stays one.
 *
 * @param was - the value before the person wrote
 * @example readJsonText('4', '')     // 4
 * @example readJsonText('40', '4')   // '40'
 */
export function readJsonText(text: string, was: Json | undefined): Json {
  return typeof was === 'string' && typedJson(was) !== undefined ? text : (typedJson(text) ?? text);
}

/** Returns the value of a text that has the form of something else than a text. Numbers only as they are written usually: `007` is a text. */
export function typedJson(text: string): Exclude<Json, string> | undefined {
  const words = text.trim();
  if (words === 'true' || words === 'false') return words === 'true';
  if (words !== '' && String(Number(words)) === words && Number.isFinite(Number(words))) return Number(words);
  if (!/^[[{]/.test(words)) return undefined;
  try {
    const value = JSON.parse(words) as Json;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
