import type { Field } from '../../../src/contract/form.js';
import { partsOfPointer } from '../../../src/contract/json/json-pointer.js';
import { fieldAt } from './field-at.js';

/**
 * Returns the labels of the fields on the way to a JSON Pointer, as a person would name the place: `Choices · 2 · Title`. Members of lists are
 * counted from 1, members without a field are named as they are, and fields without a label are left out.
 */
export function labelsAt(form: Field, pointer: string): readonly string[] {
  const parts = partsOfPointer(pointer);
  return parts.flatMap((part, i) => {
    const here = `/${parts.slice(0, i + 1).join('/')}`;
    if (/^\d+$/.test(part) && isList(fieldAt(form, `/${parts.slice(0, i).join('/')}`))) return [String(Number(part) + 1)];
    const field = fieldAt(form, here);
    return field === undefined ? [part] : field.label === undefined ? [] : [field.label];
  });
}

function isList(field: Field | undefined): boolean {
  return field?.kind === 'list' || field?.anyOf?.some(isList) === true;
}
