import { isLonger } from '../text/cut-text.js';

// What `accepts` of an adapter judges requests by.

/**
 * Returns true if the value is a string of 1 to `max` characters (code points).
 *
 * @example if (!isTextWithin(body['text'], 4096)) return { code: 'bad-text' };
 */
export function isTextWithin(value: unknown, max = Number.POSITIVE_INFINITY): value is string {
  return typeof value === 'string' && value.length > 0 && !isLonger(value, max);
}

/** Returns true if the value is a whole number from `min` to `max`. */
export function isWholeWithin(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}
