/** The maximum of parsed texts. A program has far fewer. */
const MAX_KEPT = 5_000;

/** Returns what `make` made of a text the first time. */
export function keep<T>(kept: Map<string, T>, source: string, make: () => T): T {
  const known = kept.get(source);
  if (known !== undefined) return known;
  if (kept.size >= MAX_KEPT) kept.clear();
  const made = make();
  kept.set(source, made);
  return made;
}
