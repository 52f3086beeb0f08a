// Rules that emulators judge requests by.

/** Returns true if the value is a string of 1 to `max` characters (code points). */
export function isTextWithin(value: unknown, max = Number.POSITIVE_INFINITY): value is string {
  return typeof value === 'string' && value.length > 0 && [...value].length <= max;
}

/** Returns true if the value is a whole number from `min` to `max`. */
export function isWholeWithin(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}
