const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Returns the length of a text in characters (code points), the unit of all limits of messages. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Returns true if the text has more than `limit` characters. */
export function isLonger(text: string, limit: number): boolean {
  return text.length > limit && (text.length > 2 * limit || lengthOf(text) > limit);
}

/** Cuts a text to `limit` characters, "…" included. Never cuts within what people see as one character. */
export function cutText(text: string, limit: number): string {
  return isLonger(text, limit) ? `${startOf(text, limit - 1).trimEnd()}…` : text;
}

/**
 * Cuts each text to `limit` characters, and numbers those that would become equal.
 *
 * @example cutApart(['Downtown North', 'Downtown South'], 9) // ['Downtown…', 'Downto… 2']
 */
export function cutApart(texts: readonly string[], limit: number): readonly string[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    let made = cutText(text, limit);
    for (let n = 2; taken.has(made); n += 1) made = `${cutText(text, limit - String(n).length - 1)} ${n}`;
    taken.add(made);
    return made;
  });
}

/** Returns the longest beginning of whole graphemes that fits into `limit` characters; "" if not even the first one fits. */
export function startOf(text: string, limit: number): string {
  let end = 0;
  let size = 0;
  // Only the part that can fit: the segmenter becomes slower and slower in a long text.
  for (const { segment } of graphemes.segment(text.slice(0, 2 * limit + 2))) {
    size += lengthOf(segment);
    if (size > limit) break;
    end += segment.length;
  }
  return text.slice(0, end);
}
