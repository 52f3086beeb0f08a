import type { Field, FieldCase, FieldGroup, FieldWhen, NamedField } from '../../../src/contract/form.js';
import { isObject } from '../../../src/contract/json/json-members.js';
import { partsOfPointer, valueAt } from '../../../src/contract/json/json-pointer.js';
import type { Json, JsonObject } from '../../../src/contract/json.js';
import { isSame } from '../flow/json-edit.js';

/** Returns an object's value as an object: anything else is read as an empty one. */
export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** Returns the case of an object with variants that its value has chosen. */
export function caseOf(field: Field, value: Json | undefined): FieldCase | undefined {
  const { variants } = field;
  if (!variants) return undefined;
  const chosen = objectOf(value)[variants.by] ?? variantMember(field)?.default;
  return variants.cases.find((one) => one.value === chosen);
}

function variantMember({ fields = [], variants }: Field): Field | undefined {
  return fields.find(({ name }) => name === variants?.by)?.field;
}

/** Returns all members that an object with this value can have, in order: its own, then those of the case that it has chosen. */
export function membersOf(field: Field, value: Json | undefined): readonly NamedField[] {
  return [...(field.fields ?? []), ...(caseOf(field, value)?.fields ?? [])];
}

/** Returns the groups of an object with this value: its own, then those of the case that it has chosen. */
export function groupsOf(field: Field, value: Json | undefined): readonly FieldGroup[] {
  return [...(field.groups ?? []), ...(caseOf(field, value)?.groups ?? [])];
}

/** Returns whether a member has a place in an object with this value: whether all of its conditions on the other members are true. */
export function hasPlace({ when = [] }: Field, value: Json | undefined, members: readonly NamedField[]): boolean {
  return when.every((condition) => isMet(condition, value, members));
}

function isMet({ pointer, is, not }: FieldWhen, value: Json | undefined, members: readonly NamedField[]): boolean {
  const found = (valueAt(value, pointer) as Json | undefined) ?? defaultAt(pointer, members);
  const holds = is ? is.some((one) => isSame(one, found)) : found !== undefined;
  return holds !== (not === true);
}

function defaultAt(pointer: string, members: readonly NamedField[]): Json | undefined {
  const [name = '', ...rest] = partsOfPointer(pointer);
  const standard = members.find((one) => one.name === name)?.field.default;
  return valueAt(standard, rest.map((part) => `/${part}`).join('')) as Json | undefined;
}

/** Returns whether a member has the only value that it can have, so that there is nothing to choose. */
function isSettled({ kind, required, values = [] }: Field, value: Json | undefined): boolean {
  return kind === 'choice' && required === true && values.length === 1 && isSame(values[0]?.value, value);
}

/** Which members of an object a form shows, and what it offers behind "more". */
export interface Shown {
  readonly shown: readonly NamedField[];
  readonly folded: readonly NamedField[];
  /** Members of the value that have no place: forbidden by another member, or unknown. They can only be removed. */
  readonly misplaced: readonly string[];
}

/**
 * Returns which members of an object a form shows: the required ones, those with a value and those with a default. The others are behind
 * "more", unless the object marks itself which ones are (`more`).
 *
 * @param opened - members that are shown in any case: those that the person has opened, and those with problems
 */
export function shownMembers(field: Field, value: Json | undefined, opened: ReadonlySet<string> = new Set()): Shown {
  const members = membersOf(field, value);
  const object = objectOf(value);
  const placed = members.filter((one) => hasPlace(one.field, object, members));
  const grouped = new Set(groupsOf(field, value).flatMap((group) => (group.kind === 'nand' ? [] : group.members)));
  const marksMore = members.some((one) => one.field.more);
  const isShown = ({ name, field: one }: NamedField) =>
    one.required ||
    object[name] !== undefined ||
    opened.has(name) ||
    grouped.has(name) ||
    (marksMore ? !one.more : one.default !== undefined);
  const shown = placed.filter((one) => isShown(one) && !isSettled(one.field, object[one.name]));
  // A form of nothing but a fold would be a riddle.
  const isEmpty = shown.length === 0;
  const all = isEmpty ? placed.filter((one) => !one.field.more) : shown;
  const known = new Set(placed.map(({ name }) => name));
  return {
    shown: all,
    folded: placed.filter((one) => !all.includes(one) && !isSettled(one.field, object[one.name])),
    misplaced: Object.keys(object).filter((name) => object[name] !== undefined && !known.has(name) && !name.startsWith('x-')),
  };
}
