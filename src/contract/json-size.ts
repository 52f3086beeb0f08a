import type { Json } from './json.js';

/** Estimates the length of a value as JSON, in characters, without writing it. Accurate enough for a budget. */
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
