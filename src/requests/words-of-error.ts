import type { Json } from '../contract/index.js';
import { member, readText } from '../contract/json/json-members.js';
import { startOf } from '../text/cut-text.js';

/** Characters of an error's words that are kept. */
const MAX_WORDS = 200;

/**
 * Returns the words of an error in an answer, to be put behind what is said of it: `: unknown order`. Empty if there are none. They stand in
 * `error`, in `error.message` or in `message`.
 */
export function wordsOfError(json: Json | undefined): string {
  const error = member(json, 'error');
  const words = readText(error) ?? readText(member(error, 'message')) ?? readText(member(json, 'message'));
  return words === undefined ? '' : `: ${startOf(words.replace(/\s+/g, ' ').trim(), MAX_WORDS)}`;
}
