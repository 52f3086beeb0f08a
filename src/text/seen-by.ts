/** In characters. No platform delivers longer texts. */
const MAX_LENGTH = 10_000;

/** Returns the part of a text that keywords and regular expressions are tested against. */
export function seenBy(text: string): string {
  return text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text;
}
