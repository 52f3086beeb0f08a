import { parse } from 'lossless-json';
import type { Json } from '../json.js';

/**
 * Parses JSON; returns undefined if the text is not valid JSON. Whole numbers with 16 or more digits are returned as strings, digit by
 * digit, because `JSON.parse` rounds them: it reads 4987381194038857789 and …790 as the same number. All other numbers are returned as
 * numbers. If two members have the same name, the last one counts, as with `JSON.parse`.
 *
 * @example readJson('{"message_token":4987381194038857789}')   // { message_token: '4987381194038857789' }
 */
export function readJson(text: string): Json | undefined {
  try {
    return HAS_LONG_NUMBER.test(text) ? parseExactly(text) : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

/** Parses JSON like `readJson`. Throws a SyntaxError if the text is not valid JSON. */
export function parseJson(text: string): Json {
  const read = readJson(text);
  return read === undefined ? (JSON.parse(text) as Json) : read;
}

/** A long number outside of quotes, or something like it in a text: ids of providers are often texts of as many digits. */
const HAS_LONG_NUMBER = /(?:^|[\s:,[-])\d{16}/;
const LONG_NUMBER = /^-?\d{16,}$/;

/** Parses with exact numbers. Several times slower than `JSON.parse`. */
function parseExactly(text: string): Json {
  return parse(text, undefined, {
    parseNumber: (number) => (LONG_NUMBER.test(number) ? number : Number(number)),
    onDuplicateKey: ({ newValue }) => newValue,
  }) as Json;
}
