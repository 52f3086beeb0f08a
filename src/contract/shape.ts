import type { VariableType } from './flow.js';

/**
 * What is known of a value before a flow runs: its type, and what is in a list or an object. `any` if nothing is known. The check finds
 * members that cannot exist with it, and editors complete them.
 *
 * @example
 * 'number'
 * { members: { status: 'number', headers: 'object' } }   // an object with these members and no others
 * { items: { members: { title: 'text' }, open: true } }   // a list of objects, which may have other members as well
 */
export type Shape = VariableType | 'any' | ListShape | ObjectShape;

/** A list whose members are all alike. */
export interface ListShape {
  readonly items: Shape;
}

/** An object with known members. */
export interface ObjectShape {
  readonly members: Readonly<Record<string, Shape>>;
  /** Whether there may be members that are not listed. */
  readonly open?: true;
}

/** Returns the type of a value of this shape; undefined for `any`. */
export function typeOfShape(shape: Shape): VariableType | undefined {
  if (shape === 'any') return undefined;
  if (typeof shape === 'string') return shape;
  return 'items' in shape ? 'list' : 'object';
}
