import type { Json } from '../../../src/contract/json.js';

/** Hours as they are written, and where. */
interface WrittenHours {
  readonly pointer: string;
  readonly value: Json | undefined;
}

/** Returns the spans of hours, which may be written as a single object. */
export function spansOf(value: Json | undefined): readonly Json[] | undefined {
  return value === undefined || Array.isArray(value) ? value : [value];
}

/** Returns where a part of hours is in the list that the form shows. */
export function inList(at: string, { pointer, value }: WrittenHours): string {
  return Array.isArray(value) || !at.startsWith(`${pointer}/`) ? at : `${pointer}/0${at.slice(pointer.length)}`;
}

/** Returns a change of that list as a change of the hours as they are written: a list of one becomes a single object. */
export function fromList({
  at,
  next,
  pointer,
  value,
}: WrittenHours & { readonly at: string; readonly next: Json | undefined }): [string, Json | undefined] {
  if (at === pointer) return [at, Array.isArray(next) && next.length === 1 ? (next[0] as Json) : next];
  return Array.isArray(value) ? [at, next] : [at.replace(`${pointer}/0`, pointer), next];
}
