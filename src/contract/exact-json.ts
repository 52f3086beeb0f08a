import { parse } from 'lossless-json';
import type { Json } from './json.js';

/**
 * The JSON of a text; undefined for a text that is no JSON. Whole numbers of 16 digits and more come as texts, digit by digit, because
 * `JSON.parse` rounds them: it reads 4987381194038857789 and …790 as the same number. Other numbers come as numbers, and of two members
 * with the same name the last one counts, as with `JSON.parse`.
 */
export function jsonOf(text: string): Json | undefined {
  try {
    return HAS_LONG_NUMBER.test(text) ? exactJsonOf(text) : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

const HAS_LONG_NUMBER = /\d{16}/;
const LONG_NUMBER = /^-?\d{16,}$/;

/** Several times slower than `JSON.parse`. */
function exactJsonOf(text: string): Json {
  return parse(text, undefined, {
    parseNumber: (number) => (LONG_NUMBER.test(number) ? number : Number(number)),
    onDuplicateKey: ({ newValue }) => newValue,
  }) as Json;
}
