/** What one text or expression may be read into; a program has far fewer. */
const MOST_PARSED = 5_000;

/** Makes what a text is read into, once. */
export function keep<T>(kept: Map<string, T>, source: string, make: () => T): T {
  const known = kept.get(source);
  if (known !== undefined) return known;
  if (kept.size >= MOST_PARSED) kept.clear();
  const made = make();
  kept.set(source, made);
  return made;
}
