import { readId } from '../../src/adapter-kit/index.js';
import type { Json } from '../../src/contract/index.js';

/** Returns those of the values that can serve as ids, in their order. */
export function readIds(...values: readonly (Json | undefined)[]): readonly string[] {
  const ids: string[] = [];
  for (const value of values) {
    const id = readId(value);
    if (id !== undefined) ids.push(id);
  }
  return ids;
}
