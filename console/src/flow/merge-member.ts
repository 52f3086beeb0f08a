import { isObject } from '../../../src/contract/json/json-members.js';
import { isSame } from './json-edit.js';
import { mergedOrder } from './merge-order.js';

/** A value in three states. */
export interface States<T> {
  readonly was: T;
  readonly my: T;
  readonly their: T;
}

/** Returns whose state of a value counts: `clash` if both have changed it, each in a different way. */
export function sideOf({ was, my, their }: States<unknown>): 'mine' | 'theirs' | 'clash' {
  if (isSame(my, their) || isSame(their, was)) return 'mine';
  return isSame(my, was) ? 'theirs' : 'clash';
}

/**
 * Returns a value that both have changed, if they have changed different parts of it: members of an object, or members of a list that have
 * names or ids, such as variables and notes. Undefined if they have changed the same part, or the value has no such parts.
 */
export function mergedWithin({ was, my, their }: States<unknown>): unknown {
  const isList = Array.isArray(my);
  const [base, mine, theirs] = [partsOf(was, isList), partsOf(my, isList), partsOf(their, isList)];
  if (!base || !mine || !theirs) return undefined;
  const merged: [string, unknown][] = [];
  for (const name of mergedOrder({ base: [...base.keys()], mine: [...mine.keys()], theirs: [...theirs.keys()] })) {
    const parts = { was: base.get(name), my: mine.get(name), their: theirs.get(name) };
    const side = sideOf(parts);
    if (side === 'clash') return undefined;
    const chosen = side === 'mine' ? parts.my : parts.their;
    if (chosen !== undefined) merged.push([name, chosen]);
  }
  return isList ? merged.map(([, part]) => part) : Object.fromEntries(merged);
}

/** The parts of an object or a list by name; undefined if it is something else, or a member of the list has no name of its own. */
function partsOf(value: unknown, isList: boolean): ReadonlyMap<string, unknown> | undefined {
  if (value === undefined) return new Map();
  if (!isList) return isObject(value) ? new Map(Object.entries(value)) : undefined;
  if (!Array.isArray(value)) return undefined;
  const parts = new Map(value.map((member) => [nameOf(member), member]));
  return parts.size === value.length && !parts.has(undefined) ? (parts as ReadonlyMap<string, unknown>) : undefined;
}

function nameOf(member: unknown): string | undefined {
  const name = isObject(member) ? (member['id'] ?? member['name']) : undefined;
  return typeof name === 'string' ? name : undefined;
}
