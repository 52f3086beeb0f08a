import type { Field, FieldMeta, FieldWhen } from '../../contract/index.js';
import { pointerOf } from '../../contract/json/json-pointer.js';
import { type Case, casesOf, type Dependency, type Described, isOnItself, type JoiCondition, valuesOf } from '../schema/described.js';

/** Returns when a member has a place in its object, and whether it is required there: joi's conditions on siblings and its meta say so. */
export function placeOf(described: Described, meta: Pick<FieldMeta, 'when'> = {}): Pick<Field, 'when' | 'required'> {
  const conditions = (described.whens ?? []).filter((one) => !isOnItself(one));
  const when = [...conditions.flatMap(whenOf), ...(meta.when ?? [])];
  const required = described.flags?.presence === 'required' || conditions.some(isRequiredWhereAllowed);
  return { ...(when.length > 0 ? { when } : {}), ...(required ? { required: true } : {}) };
}

/** Returns the condition under which joi's `with` and `without` let a member have a value. */
export function whenWith(name: string, dependencies: readonly Dependency[]): readonly FieldWhen[] {
  return dependencies.flatMap(({ rel, key, peers }) => {
    if (key !== name || (rel !== 'with' && rel !== 'without')) return [];
    return peers.map((peer) => ({ pointer: pointerOf([peer]), ...(rel === 'without' ? { not: true as const } : {}) }));
  });
}

/** Returns the test of a case: one of the values, or any value at all. */
export function testOf(condition: JoiCondition, cases: readonly Case[]): FieldWhen {
  const values = cases.flatMap(({ is }) => valuesOf(is));
  return { pointer: pointerOf(condition.ref?.path ?? []), ...(values.length > 0 ? { is: values } : {}) };
}

function whenOf(condition: JoiCondition): readonly FieldWhen[] {
  const { cases, otherwise } = casesOf(condition);
  const [forbidden, allowed] = [cases.filter(({ then }) => isForbidden(then)), cases.filter(({ then }) => !isForbidden(then))];
  if (isForbidden(otherwise)) return [testOf(condition, allowed)];
  return forbidden.length > 0 ? [{ ...testOf(condition, forbidden), not: true }] : [];
}

function isRequiredWhereAllowed(condition: JoiCondition): boolean {
  const { cases, otherwise } = casesOf(condition);
  const branches = [...cases.map(({ then }) => then), otherwise].filter((one) => !isForbidden(one));
  return branches.length > 0 && branches.every((one) => one?.flags?.presence === 'required');
}

function isForbidden(described: Described | undefined): boolean {
  return described?.flags?.presence === 'forbidden';
}
