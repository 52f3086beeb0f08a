import { startOf } from './cut-text.js';
import { isBlankText } from './fold.js';

/** In characters. */
const LONGEST = 200;

/** Reads what a person is called; undefined where nobody would see anything of it. What is too long for a name is cut. */
export function readName(text: string | undefined): string | undefined {
  if (text === undefined || isBlankText(text)) return undefined;
  const name = text.trim();
  return name.length <= LONGEST ? name : startOf(name, LONGEST) || undefined;
}
