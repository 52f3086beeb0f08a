import type { Json } from './json.js';

/** About how many characters a value has as JSON, without writing it: close enough for a budget. */
export function jsonSize(value: Json | undefined): number {
  if (typeof value === 'string') return value.length + 2;
  if (value === null || typeof value !== 'object') return 5;
  let size = 2;
  if (Array.isArray(value)) {
    for (const one of value as readonly Json[]) size += jsonSize(one) + 1;
    return size;
  }
  for (const [key, one] of Object.entries(value)) size += key.length + 4 + jsonSize(one);
  return size;
}
