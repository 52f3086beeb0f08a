/** How deep JSON from outside may be nested: recursion over it stays harmless, and it fits into every store (MongoDB takes 100 levels). */
export const MOST_LEVELS = 60;

/** Tells whether a JSON value is nested deeper than `max` levels. Looks no further than that. */
export function isDeeper(value: unknown, max: number = MOST_LEVELS): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (max <= 0) return true;
  if (Array.isArray(value)) return value.some((one) => isDeeper(one, max - 1));
  for (const key in value) if (isDeeper((value as Readonly<Record<string, unknown>>)[key], max - 1)) return true;
  return false;
}

/** The value itself, or, where it is nested deeper than that, a copy with null in the place of what lies deeper. */
export function levelled<T>(value: T): T {
  // Only what was too deep is another value, and a reader of strangers' JSON looks at every member's type anyway.
  return isDeeper(value) ? (cutBelow(value, MOST_LEVELS) as T) : value;
}

function cutBelow(value: unknown, most: number): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (most <= 0) return null;
  if (Array.isArray(value)) return value.map((one) => cutBelow(one, most - 1));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cutBelow(one, most - 1)]));
}
