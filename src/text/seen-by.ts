/** In characters. No platform delivers longer texts. */
const MAX_LENGTH = 10_000;

/** Returns the part of a text that keywords and regular expressions are tested against. */
export function seenBy(text: string): string {
  return text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text;
}

/** In characters. Searching a text for dates takes time by the square of its length. */
const MAX_SEARCHED = 2_000;

/** Returns the part of a text that is searched for numbers, dates, addresses and phone numbers. */
export function searchedPart(text: string): string {
  return text.length > MAX_SEARCHED ? text.slice(0, MAX_SEARCHED) : text;
}
