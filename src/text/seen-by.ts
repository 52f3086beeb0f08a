/** In characters: no platform brings longer texts. */
const SEEN = 10_000;

/** What of a text keywords and regular expressions are held against. */
export function seenBy(text: string): string {
  return text.length > SEEN ? text.slice(0, SEEN) : text;
}
