import type { Json } from '../json.js';

/**
 * Estimates how many characters a value has as JSON, without writing it: close enough for a budget. Counts without allocating, because
 * each turn measures all that it stores.
 *
 * @example jsonSize({ name: 'Ada' }) // 15, where JSON has 14
 */
export function jsonSize(value: Json | undefined): number {
  if (typeof value === 'string') return value.length + 2;
  if (value === null || typeof value !== 'object') return 5;
  let size = 2;
  if (Array.isArray(value)) {
    for (const one of value as readonly Json[]) size += jsonSize(one) + 1;
    return size;
  }
  for (const key in value) {
    const member = (value as JsonMembers)[key];
    if (member !== undefined) size += key.length + 4 + jsonSize(member);
  }
  return size;
}

type JsonMembers = Readonly<Record<string, Json | undefined>>;
