import type { Field } from '../../../src/contract/form.js';
import type { Json } from '../../../src/contract/json.js';

/** Returns a value as a list: anything else is read as an empty one. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** Returns a list without members as what its field holds then: nothing, unless the list is required. */
export function writtenList(field: Field, list: readonly Json[]): readonly Json[] | undefined {
  return list.length === 0 && !field.required ? undefined : list;
}
