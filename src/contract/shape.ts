import type { VariableType } from './flow.js';
import type { Json } from './json.js';

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

/** A step from a value to one in it: the name of a member, or the index of a list. Null for one that is computed, and for every member. */
export type ShapeStep = string | number | null;

/** Members that templates compute of texts and lists. */
const COUNTED: ReadonlySet<ShapeStep> = new Set(['size', 'length']);
const ENDS: ReadonlySet<ShapeStep> = new Set(['first', 'last']);

/**
 * Returns the shape of what templates find behind a step; undefined if there can be nothing.
 *
 * @example
 * shapeAfter({ items: 'text' }, 0) // 'text'
 * shapeAfter({ members: { id: 'text' } }, 'name') // undefined
 */
export function shapeAfter(shape: Shape, step: ShapeStep): Shape | undefined {
  if (shape === 'any') return 'any';
  const type = typeOfShape(shape);
  if (type === 'object') return memberOf(shape, step);
  if (COUNTED.has(step)) return type === 'list' || type === 'text' || type === 'date' ? 'number' : undefined;
  if (type === 'list') return typeof step !== 'string' || ENDS.has(step) ? itemsOf(shape) : undefined;
  // An index of a text is one of its characters.
  return (type === 'text' || type === 'date') && typeof step !== 'string' ? 'text' : undefined;
}

/** Returns the shape of the members of a list; `any` if it is not known. */
export function itemsOf(shape: Shape): Shape {
  return typeof shape === 'object' && 'items' in shape ? shape.items : 'any';
}

function memberOf(shape: Shape, step: ShapeStep): Shape | undefined {
  if (typeof shape === 'string' || !('members' in shape)) return 'any';
  const name = String(step);
  if (Object.hasOwn(shape.members, name)) return shape.members[name];
  if (shape.open || step === null) return 'any';
  return step === 'size' ? 'number' : undefined;
}

/** Returns the shape of a value that has one of two shapes. A member that only one of them has is kept. */
export function joinShapes(a: Shape, b: Shape): Shape {
  if (a === b) return a;
  const type = typeOfShape(a);
  if (type === undefined || type !== typeOfShape(b)) return 'any';
  if (type === 'list') return typeof a === 'string' || typeof b === 'string' ? 'list' : { items: joinShapes(itemsOf(a), itemsOf(b)) };
  if (typeof a === 'string' || typeof b === 'string' || 'items' in a || 'items' in b) return 'object';
  const members: Record<string, Shape> = { ...a.members };
  for (const [name, shape] of Object.entries(b.members))
    members[name] = Object.hasOwn(members, name) ? joinShapes(members[name] ?? 'any', shape) : shape;
  return a.open || b.open ? { members, open: true } : { members };
}

/** Returns the shape of a JSON value, as far as an example can tell: null tells nothing, and a list is like all of its members. */
export function shapeOf(value: Json): Shape {
  if (value === null) return 'any';
  if (Array.isArray(value)) {
    const [first, ...others] = value.map(shapeOf);
    return first === undefined ? 'list' : { items: others.reduce(joinShapes, first) };
  }
  if (typeof value === 'object')
    return { members: Object.fromEntries(Object.entries(value).map(([name, one]) => [name, one === undefined ? 'any' : shapeOf(one)])) };
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
}
