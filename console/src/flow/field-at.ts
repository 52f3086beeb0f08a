import type { Field } from '../../../src/contract/form.js';
import { partsOfPointer } from '../../../src/contract/json/json-pointer.js';

/**
 * Returns the field of the value at a JSON Pointer, if the form has one. A member that depends on another one, as those of a message on its
 * type, is found in the first case that has it.
 */
export function fieldAt(form: Field, pointer: string): Field | undefined {
  return partsOfPointer(pointer).reduce<Field | undefined>((field, part) => field && memberOf(field, part), form);
}

function memberOf(field: Field, name: string): Field | undefined {
  if (field.kind === 'list' || field.kind === 'map') return field.item;
  if (field.kind === 'alternatives') return field.anyOf?.map((one) => memberOf(one, name)).find((one) => one !== undefined);
  const members = [...(field.fields ?? []), ...(field.variants?.cases.flatMap(({ fields }) => fields) ?? [])];
  return members.find((one) => one.name === name)?.field;
}
