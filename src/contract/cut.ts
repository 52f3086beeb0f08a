const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The text in at most so many characters (code points), cut with "…" between what people see as characters. */
export function cut(text: string, most: number): string {
  if (text.length <= most || (text.length <= 2 * most && length(text) <= most)) return text;
  let kept = '';
  let size = 0;
  // As far as it can be of use: in all of a long text the segmenter gets slower and slower.
  for (const { segment } of graphemes.segment(text.slice(0, 2 * most + 2))) {
    size += length(segment);
    if (size > most - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Each text cut, and made different from those before it by a number. */
export function cutApart(texts: readonly string[], most: number): readonly string[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    let made = cut(text, most);
    for (let n = 2; taken.has(made); n += 1) made = `${cut(text, most - String(n).length - 1)} ${n}`;
    taken.add(made);
    return made;
  });
}

function length(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
