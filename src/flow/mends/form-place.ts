import type Joi from 'joi';
import { ownMember, pointerOf } from '../../contract/json/json-pointer.js';
import { type Description, walkSchema } from '../walk-schema.js';

/** The place of a mistake of form: what stands there, and which schemas apply to it. */
export interface FormPlace {
  readonly detail: Joi.ValidationErrorItem;
  /** The JSON Pointer in the flow file. */
  readonly pointer: string;
  readonly key: string;
  readonly value: unknown;
  /** The object or list that it is a member of. */
  readonly holder: unknown;
  /** The schemas of the value; for a missing member, those that it would have. */
  readonly own: readonly Description[];
  /** The schemas of the holder. */
  readonly around: readonly Description[];
}

/** Returns a function that finds the place of a mistake in a value. The value is walked when it is needed first. */
export function formPlaces(input: {
  readonly pointer: string;
  readonly value: unknown;
  readonly schema: () => Description;
}): (detail: Joi.ValidationErrorItem) => FormPlace {
  let known: ReadonlyMap<string, readonly Description[]> | undefined;
  return (detail) => {
    known ??= descriptionsByPlace(input.schema(), input.value);
    const parts = detail.path.map(String);
    const key = parts.at(-1) ?? '';
    const holder = parts.slice(0, -1).reduce<unknown>(ownMember, input.value);
    const around = known.get(pointerOf(parts.slice(0, -1))) ?? [];
    const value = parts.length === 0 ? input.value : ownMember(holder, key);
    const own = known.get(pointerOf(parts)) ?? membersNamed(key, around);
    return { detail, pointer: input.pointer + pointerOf(parts), key, value, holder, own, around };
  };
}

/** Returns the schemas that objects of these schemas have for a member. */
export function membersNamed(key: string, around: readonly Description[]): readonly Description[] {
  return around.flatMap(({ keys }) => (keys && Object.hasOwn(keys, key) ? (keys[key] ?? []) : []));
}

/** Returns the names of the members that objects of these schemas may have. */
export function memberNames(around: readonly Description[]): readonly string[] {
  return [...new Set(around.flatMap(({ keys = {} }) => Object.keys(keys)))];
}

function descriptionsByPlace(schema: Description, value: unknown): ReadonlyMap<string, readonly Description[]> {
  const found = new Map<string, Description[]>();
  walkSchema(schema, value, ({ description, path }) => {
    const pointer = pointerOf(path);
    const list = found.get(pointer);
    if (list) list.push(description);
    else found.set(pointer, [description]);
  });
  return found;
}
