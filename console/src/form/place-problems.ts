import type { Problem } from '../../../src/contract/flow.js';

/** No problems: always the same list, so that a field without any is not drawn again. */
export const NO_PROBLEMS: readonly Problem[] = [];

/** Problems, by the place where a form shows them. */
export interface PlacedProblems {
  /** Those at the field itself, or at members of it that are not shown. */
  readonly own: readonly Problem[];
  readonly byPointer: ReadonlyMap<string, readonly Problem[]>;
}

/**
 * Returns the problems of a field, by the fields within it: each goes to the one whose pointer it has or begins with; what fits none stays
 * with the field itself.
 *
 * @param pointers - those of the fields within
 */
export function placeProblems(problems: readonly Problem[], pointers: readonly string[]): PlacedProblems {
  const byPointer = new Map<string, Problem[]>();
  const own: Problem[] = [];
  for (const problem of problems) {
    const place = pointers.filter((one) => isWithin(problem.pointer, one)).sort((a, b) => b.length - a.length)[0];
    if (place === undefined) own.push(problem);
    else byPointer.set(place, [...(byPointer.get(place) ?? []), problem]);
  }
  return { own, byPointer };
}

/** Returns whether a pointer leads to a place, or to something within it. */
export function isWithin(pointer: string, place: string): boolean {
  return pointer === place || pointer.startsWith(`${place}/`);
}

/**
 * Returns the problems to show at a field in which somebody types: those that were shown when they began and are still there. New ones
 * wait until the person pauses or leaves: a half-typed `{{` is not worth an error.
 */
export function calmProblems(current: readonly Problem[], shownBefore: readonly Problem[]): readonly Problem[] {
  return current.filter((one) => shownBefore.some(({ code, pointer }) => code === one.code && pointer === one.pointer));
}
