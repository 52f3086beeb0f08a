import type { Field } from '../../../src/contract/form.js';
import type { Json } from '../../../src/contract/json.js';

/**
 * Returns the value that a field begins with when a person sets it: its default, else the least that has its form. Required members are
 * there, so that their fields have something to write into.
 *
 * @example blankOf({ kind: 'object', fields: [{ name: 'name', field: { kind: 'variable', required: true } }] })   // { name: '' }
 */
export function blankOf(field: Field): Json {
  if (field.default !== undefined) return field.default;
  return BLANK[field.kind]?.(field) ?? '';
}

const BLANK: Readonly<Partial<Record<Field['kind'], (field: Field) => Json>>> = {
  number: ({ min = 0 }) => min,
  boolean: () => true,
  choice: ({ values = [] }) => values[0]?.value ?? '',
  duration: () => ({ value: 1, unit: 'hours' }),
  map: () => ({}),
  list: ({ min = 0, item }) => (min > 0 && item ? Array.from({ length: min }, () => blankOf(item)) : []),
  condition: () => ({ variable: '', operator: 'stringEquals', value: '' }),
  alternatives: ({ anyOf: [first] = [] }) => (first ? blankOf(first) : ''),
  object: blankObject,
};

function blankObject({ fields = [], variants, groups = [] }: Field): Json {
  const own = fields.filter(({ field }) => field.required && !field.when);
  const [kind] = variants?.cases ?? [];
  const further = kind?.fields.filter(({ field }) => field.required && !field.when) ?? [];
  const chosen = groups.flatMap(({ kind: how, members: [first] }) =>
    how === 'xor' || how === 'or' ? fields.filter(({ name }) => name === first) : [],
  );
  return Object.fromEntries([...own, ...further, ...chosen].map(({ name, field }) => [name, blankOf(field)]));
}
