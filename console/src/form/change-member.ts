import type { Field, FieldGroup, NamedField } from '../../../src/contract/form.js';
import { isObject } from '../../../src/contract/json/json-members.js';
import type { Json, JsonObject } from '../../../src/contract/json.js';
import { isSame } from '../flow/json-edit.js';
import { blankOf } from './blank.js';
import { groupsOf, hasPlace, membersOf, objectOf } from './members.js';

/**
 * Returns an object after a change of one of its members, with everything that the change implies: members that lose their place by it are
 * removed, and a group of which only one may be set keeps the changed one. Members that the form does not know stay.
 *
 * @param next - the new value of the member; undefined removes it
 * @example changeMember(form, { action: 'send', to: '491511' }, { name: 'action', next: 'reply' })   // { action: 'reply' }
 */
export function changeMember(
  field: Field,
  value: Json | undefined,
  { name, next }: { readonly name: string; readonly next: Json | undefined },
): JsonObject {
  const was = objectOf(value);
  if (field.variants?.by === name && next !== undefined) return changeKind(field, was, next);
  const set = withMember(was, name, next);
  const alone = next === undefined ? set : withoutOthers(groupsOf(field, value), set, name);
  return withoutDisplaced(field, was, alone);
}

/** Returns whether a change of a member changes nothing else in its object. */
export function isOnlyMember(was: Json | undefined, is: JsonObject, name: string): boolean {
  const before = objectOf(was);
  return isObject(was) && [...Object.keys(before), ...Object.keys(is)].every((one) => one === name || isSame(before[one], is[one]));
}

/**
 * Returns an object as another kind of itself (a text message as a picture): what both kinds have is kept, what the new kind has not is
 * removed.
 */
export function changeKind(field: Field, value: JsonObject, kind: Json): JsonObject {
  const by = field.variants?.by ?? '';
  const before = membersOf(field, value);
  const next = withMember(value, by, kind);
  const after = new Map(membersOf(field, next).map((one) => [one.name, one.field]));
  const isKept = (name: string) => {
    const now = after.get(name);
    if (!now) return !before.some((one) => one.name === name);
    return name === by || fits(now, value[name]);
  };
  return Object.fromEntries(Object.entries(next).filter(([name]) => isKept(name)));
}

/** Returns an object with one member of a group chosen; the group's other members are removed. Words stay if both hold words. */
export function chooseMember(
  field: Field,
  value: Json | undefined,
  { group, name }: { readonly group: FieldGroup; readonly name: string },
) {
  const was = objectOf(value);
  const others = group.members.filter((one) => one !== name);
  const chosen = membersOf(field, value).find((one) => one.name === name);
  if (!chosen) return was;
  const [moved] = others.map((one) => was[one]).filter((one) => typeof one === 'string' && one !== '' && fits(chosen.field, one));
  const rest = Object.fromEntries(Object.entries(was).filter(([one]) => !others.includes(one)));
  return withoutDisplaced(field, was, { ...rest, [name]: was[name] ?? moved ?? blankOf(chosen.field) });
}

function withMember(object: JsonObject, name: string, next: Json | undefined): JsonObject {
  if (next !== undefined) return { ...object, [name]: next };
  return Object.fromEntries(Object.entries(object).filter(([one]) => one !== name));
}

function withoutOthers(groups: readonly FieldGroup[], object: JsonObject, name: string): JsonObject {
  const others = groups
    .filter(({ kind, members }) => (kind === 'xor' || kind === 'oxor') && members.includes(name))
    .flatMap(({ members }) => members.filter((one) => one !== name));
  return Object.fromEntries(Object.entries(object).filter(([one]) => !others.includes(one)));
}

/** Removes members that have no place any more, and what has no place without these. */
function withoutDisplaced(field: Field, was: JsonObject, is: JsonObject): JsonObject {
  const placedBefore = new Set(placedIn(field, was).map(({ name }) => name));
  const placedNow = new Set(placedIn(field, is).map(({ name }) => name));
  const kept = Object.fromEntries(Object.entries(is).filter(([name]) => placedNow.has(name) || !placedBefore.has(name)));
  return Object.keys(kept).length === Object.keys(is).length ? is : withoutDisplaced(field, is, kept);
}

function placedIn(field: Field, value: JsonObject): readonly NamedField[] {
  const members = membersOf(field, value);
  return members.filter((one) => hasPlace(one.field, value, members));
}

/** Returns whether a field can hold a value, by the form of the value: whether `Text` in one kind of message is a text in the other. */
export function fits(field: Field, value: Json | undefined): boolean {
  if (value === undefined) return true;
  if (field.kind === 'json' || field.kind === 'any' || field.kind === 'condition') return true;
  if (field.kind === 'alternatives') return (field.anyOf ?? []).some((one) => fits(one, value));
  if (field.kind === 'choice') return (field.values ?? []).some((one) => isSame(one.value, value));
  if (field.kind === 'number' || field.kind === 'boolean') return typeof value === field.kind;
  if (field.kind === 'list') return Array.isArray(value) && value.every((one: Json) => fits(field.item ?? { kind: 'any' }, one));
  if (field.kind === 'map') return isObject(value) && Object.values(value).every((one) => fits(field.item ?? { kind: 'any' }, one));
  if (field.kind === 'duration') return isObject(value);
  if (field.kind !== 'object') return typeof value === 'string';
  const members = new Map(membersOf(field, value).map((one) => [one.name, one.field]));
  return isObject(value) && Object.entries(value).every(([name, one]) => fits(members.get(name) ?? { kind: 'boolean' }, one));
}
