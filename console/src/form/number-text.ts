import type { Field } from '../../../src/contract/form.js';

/** Returns the number that a text is; undefined if it is none (yet). A comma is read as a point. */
export function readNumber(text: string): number | undefined {
  const words = text.trim().replace(',', '.');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(words)) return undefined;
  return Number(words);
}

/** Returns a number one step up or down, within the bounds of its field. */
export function stepped(value: number | undefined, by: 1 | -1, { min, max, moreThan, lessThan, default: standard }: Field): number {
  const from = value ?? (typeof standard === 'number' ? standard : (min ?? 0));
  const low = min ?? (moreThan === undefined ? -Infinity : moreThan + 1);
  const high = max ?? (lessThan === undefined ? Infinity : lessThan - 1);
  return Math.max(low, Math.min(high, Number((from + by).toFixed(10))));
}
