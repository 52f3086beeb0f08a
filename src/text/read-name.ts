import { startOf } from './cut-text.js';
import { isBlankText } from './fold.js';

/** The maximum length of a name, in characters. */
const MAX_LENGTH = 200;

/** Reads the name of a person, cut to 200 characters. Returns undefined for a text without visible characters. */
export function readName(text: string | undefined): string | undefined {
  if (text === undefined || isBlankText(text)) return undefined;
  const name = text.trim();
  return name.length <= MAX_LENGTH ? name : startOf(name, MAX_LENGTH) || undefined;
}
