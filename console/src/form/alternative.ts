import type { Field, NamedField } from '../../../src/contract/form.js';
import type { Json } from '../../../src/contract/json.js';
import { fits } from './change-member.js';
import { hasPlace } from './members.js';
import { readNumber } from './number-text.js';

/** How alternatives are drawn: one field that takes both, or a choice of one of several. */
export type AlternativesForm =
  | { readonly kind: 'number-or-text' }
  | { readonly kind: 'one-of'; readonly fields: readonly Field[]; readonly chosen: Field | undefined };

/**
 * Returns how alternatives are drawn: a number or a text with templates is one field; else one of the fields is chosen by what the value
 * is, at first the first one.
 */
export function alternativesForm({ anyOf = [] }: Field, value: Json | undefined): AlternativesForm {
  const kinds = anyOf.map(({ kind }) => kind);
  if (anyOf.length === 2 && kinds.includes('number') && kinds.includes('text')) return { kind: 'number-or-text' };
  return { kind: 'one-of', fields: anyOf, chosen: value === undefined ? undefined : (anyOf.find((one) => fits(one, value)) ?? anyOf[0]) };
}

/** Returns what a field for a number or a text with templates holds. */
export function numberOrText(text: string): Json {
  return readNumber(text) ?? text;
}

/** Returns a word for what an alternative is, where its label does not tell it from the others. */
export function alternativeTitle(field: Field, others: readonly Field[]): string {
  const isTold = field.label !== undefined && others.every((one) => one === field || one.label !== field.label);
  return isTold ? (field.label ?? '') : (TITLES[field.kind] ?? 'Text');
}

const TITLES: Readonly<Partial<Record<Field['kind'], string>>> = {
  list: 'In order',
  map: 'By name',
  object: 'In detail',
  choice: 'Any',
  boolean: 'Yes or no',
  number: 'Number',
  json: 'Any value',
  any: 'Any value',
};

/**
 * Returns a field without the alternatives that have no place beside the other members of its object: the value of a rule depends on its
 * operator. One that remains alone is the field itself.
 */
export function withPlacedAlternatives(field: Field, object: Json | undefined, members: readonly NamedField[]): Field {
  const { anyOf, ...own } = field;
  if (!anyOf?.some(({ when }) => when)) return field;
  const placed = anyOf.filter((one) => hasPlace(one, object, members)).map(({ when: _, ...one }) => one);
  const [only, ...others] = placed;
  return only && others.length === 0
    ? { ...own, ...only, label: own.label ?? only.label, required: own.required ?? only.required }
    : { ...field, anyOf: placed };
}
