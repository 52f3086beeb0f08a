import type { Field, NamedField } from '../../../src/contract/form.js';
import { isObject } from '../../../src/contract/json/json-members.js';
import type { Json } from '../../../src/contract/json.js';

/** How a list is drawn: as tags, as chips to switch on and off, as rows of two fields, or as cards. */
export type ListForm = 'tags' | 'chips' | 'lines' | 'rows' | 'cards';

/** Kinds of fields that fit into half of a row. */
const NARROW: readonly Field['kind'][] = [
  'text',
  'sealed',
  'expression',
  'result',
  'variable',
  'json',
  'any',
  'string',
  'number',
  'choice',
  'flow',
  'channel',
];

/** Kinds of fields that fit below a row. */
const SIMPLE: readonly Field['kind'][] = [...NARROW, 'boolean'];

/** Returns how a list of such members is drawn. */
export function listForm({ item }: Field): ListForm {
  if (!item) return 'tags';
  if (item.kind === 'choice') return 'chips';
  if (item.kind === 'string' || item.kind === 'variable' || item.kind === 'flow' || item.kind === 'channel') return 'tags';
  if (item.kind !== 'object') return 'lines';
  return columnsOf(item) ? 'rows' : 'cards';
}

/**
 * Returns the two members of an object that stand beside each other in a row: its only two required ones, if they are narrow. The others
 * stand below them.
 */
export function columnsOf({ fields = [], variants, groups = [] }: Field): readonly [NamedField, NamedField] | undefined {
  const [first, second, ...others] = fields.filter(({ field }) => field.required);
  if (!first || !second || others.length > 0 || variants || groups.length > 0) return undefined;
  const isSimple = fields.every(({ field }) => SIMPLE.includes(field.kind) && field.rows === undefined);
  return isSimple && [first, second].every(({ field }) => NARROW.includes(field.kind)) ? [first, second] : undefined;
}

/** Returns the words for a member of a list: its title or name, else its first text. */
export function titleOfItem(value: Json | undefined): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (!isObject(value)) return '';
  for (const name of ['title', 'name', 'text', 'label', 'id']) {
    const words = value[name];
    if (typeof words === 'string' && words.trim() !== '') return words;
  }
  return (
    Object.entries(value)
      // A number or a kind says nothing of which member it is.
      .filter(([name, member]) => name !== 'type' && typeof member !== 'number')
      .map(([, member]) => titleOfItem(member))
      .find((words) => words.trim() !== '') ?? ''
  );
}

/**
 * Returns in words what a row has beside its two columns: the labels of what is switched on, and other values with their labels.
 *
 * @example restOfRow(fields, { name: 'guests', type: 'number', default: 2, input: true })   // [{ label: 'Default', value: '2' }, { label: 'Input', value: '' }]
 */
export function restOfRow(
  others: readonly NamedField[],
  value: Json | undefined,
): readonly { readonly label: string; readonly value: string }[] {
  return others.flatMap(({ name, field }) => {
    const set = isObject(value) ? value[name] : undefined;
    if (set === undefined || set === null || set === false) return [];
    const title = field.values?.find((one) => one.value === set)?.title;
    return [{ label: field.label ?? name, value: set === true ? '' : (title ?? (typeof set === 'string' ? set : JSON.stringify(set))) }];
  });
}
