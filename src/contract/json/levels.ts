/** The maximum depth of JSON from outside: safe for recursion, and accepted by every store (MongoDB takes 100 levels). */
export const MAX_LEVELS = 60;

/** Returns true if a JSON value is nested deeper than `max` levels. Looks no further than that. */
export function isDeeper(value: unknown, max: number = MAX_LEVELS): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (max <= 0) return true;
  if (Array.isArray(value)) return value.some((one) => isDeeper(one, max - 1));
  for (const key in value) if (isDeeper((value as Readonly<Record<string, unknown>>)[key], max - 1)) return true;
  return false;
}

/** Returns the value itself, or if it has too many levels, a copy with null in place of everything deeper. */
export function limitDepth<T>(value: T): T {
  // Only values that were too deep change their type, and code that reads JSON from outside checks the types of all members anyway.
  return isDeeper(value) ? (cutBelow(value, MAX_LEVELS) as T) : value;
}

function cutBelow(value: unknown, max: number): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (max <= 0) return null;
  if (Array.isArray(value)) return value.map((one) => cutBelow(one, max - 1));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cutBelow(one, max - 1)]));
}
