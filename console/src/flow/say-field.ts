import type { Field } from '../../../src/contract/form.js';
import { isObject } from '../../../src/contract/json/json-members.js';
import type { JsonObject } from '../../../src/contract/json.js';
import { type Piece, piecesOf } from './pieces.js';
import type { Say } from './say.js';
import { sayCondition } from './say-condition.js';

/** A value that is said by its field. */
export interface FieldValue {
  readonly value: unknown;
  readonly field: Field;
}

/** Returns what a card says of a value that has one line of it, or nothing. Values of a wrong form say nothing. */
export function sayField({ value, field }: FieldValue, say: Say): readonly Piece[] {
  switch (field.kind) {
    case 'expression':
    case 'result':
    case 'variable':
      return typeof value === 'string' && value !== '' ? [{ variable: value }] : [];
    case 'choice':
      return sayChoice({ value, field }, say);
    case 'boolean':
      return value === true ? sayLabel(field, say) : [];
    case 'number':
      return typeof value === 'number' ? labelled(field, { pieces: [{ text: withUnit(value, field, say) }], say }) : [];
    case 'duration':
      return labelled(field, { pieces: sayDuration(value, say), say });
    case 'condition':
      return sayCondition(value, say);
    case 'list':
      return sayList({ value, field }, say);
    case 'object':
      return sayObject({ value, field }, say);
    case 'alternatives':
    case 'json':
    case 'any':
      return sayAny(value);
    case 'map':
      return [];
    default:
      return typeof value === 'string' ? piecesOf(field.address ? value.replace(/^https?:\/\//, '') : value) : [];
  }
}

/** Returns a list of values with a row each: `guests = 4`. */
export function sayRows(value: unknown, item: Field, say: Say): readonly (readonly Piece[])[] {
  if (!Array.isArray(value)) return [];
  const [first, second] = item.fields ?? [];
  return value.flatMap((member) => {
    const [name, of] = [first, second].map((one) => (one && isObject(member) ? { value: member[one.name], field: one.field } : undefined));
    const pieces = name ? sayField(name, say) : [];
    if (pieces.length === 0) return [];
    const rest = of ? sayField(of, say) : [];
    return [rest.length === 0 ? pieces : [...pieces, { text: ' = ' }, ...rest]];
  });
}

/** Returns a length of time in short: "10 min". */
function sayDuration(duration: unknown, say: Say): readonly Piece[] {
  if (!isObject(duration) || typeof duration['value'] !== 'number') return [];
  const { value, unit } = duration as { readonly value: number; readonly unit?: unknown };
  if (unit === 'seconds') return [{ text: say('{value, number} s', { value }) }];
  if (unit === 'minutes') return [{ text: say('{value, number} min', { value }) }];
  if (unit === 'hours') return [{ text: say('{value, number} h', { value }) }];
  return unit === 'days' ? [{ text: say('{value, plural, one {# day} other {# days}}', { value }) }] : [];
}

function sayLabel({ label }: Field, say: Say): readonly Piece[] {
  return label === undefined ? [] : [{ text: say(label) }];
}

/** Returns the pieces behind the label of their field, if there are any. */
function labelled(field: Field, { pieces, say }: { readonly pieces: readonly Piece[]; readonly say: Say }): readonly Piece[] {
  if (pieces.length === 0) return [];
  return field.label === undefined ? pieces : [{ text: `${say(field.label)} ` }, ...pieces];
}

function withUnit(value: number, { unit }: Field, say: Say): string {
  return unit === undefined ? String(value) : `${value} ${say(unit)}`;
}

function sayChoice({ value, field }: FieldValue, say: Say): readonly Piece[] {
  if (typeof value !== 'string' || value === '') return [];
  const title = field.values?.find((one) => one.value === value)?.title;
  return [{ text: title === undefined ? value : say(title), isStrong: true }];
}

function sayList({ value, field }: FieldValue, say: Say): readonly Piece[] {
  if (!Array.isArray(value) || value.length === 0) return [];
  const { item } = field;
  if (item === undefined || item.kind === 'object' || item.kind === 'list')
    return labelled(field, { pieces: [{ text: `${value.length}` }], say });
  const said = value.slice(0, 5).map((member) => plain(sayField({ value: member, field: item }, say)));
  return said.filter((pieces) => pieces.length > 0).flatMap((pieces, i) => (i === 0 ? pieces : [{ text: ', ' }, ...pieces]));
}

/** Says the members of an object, behind the label of the object. */
function sayObject({ value, field }: FieldValue, say: Say): readonly Piece[] {
  if (!isObject(value)) return [];
  const said = (field.fields ?? []).flatMap(({ name, field: member }) => {
    const pieces = member.more ? [] : plain(sayField({ value: value[name], field: member }, say));
    return pieces.length === 0 ? [] : [{ pieces, label: member.label, isString: member.kind === 'string' }];
  });
  const pieces = said.flatMap(({ pieces: one, label, isString }, i): readonly Piece[] => {
    if (i === 0) return one;
    return isString && label !== undefined ? [{ text: ` · ${say(label)} ` }, ...one] : [{ text: ' · ' }, ...one];
  });
  return labelled(field, { pieces, say });
}

/** Any JSON: texts as words, the rest as JSON. */
function sayAny(value: unknown): readonly Piece[] {
  if (typeof value === 'string') return piecesOf(value);
  if (typeof value === 'number' || typeof value === 'boolean') return [{ text: String(value) }];
  if (!isObject(value) && !Array.isArray(value)) return [];
  return [{ text: shortJson(value) }];
}

const MAX_JSON = 60;

/** Returns the beginning of a value as JSON. */
function shortJson(value: JsonObject | readonly unknown[]): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.length} ]`;
  const names = Object.keys(value).join(', ');
  return names.length > MAX_JSON ? `{ ${names.slice(0, MAX_JSON)}… }` : `{ ${names} }`;
}

function plain(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece) => ('text' in piece ? { text: piece.text } : piece));
}
