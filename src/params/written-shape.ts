import { type Json, joinShapes, type Shape } from '../contract/index.js';

/**
 * Returns the shape of a value in a flow file whose texts may be templates; `any` for a text that may be one expression, which becomes its
 * value.
 *
 * @example writtenShape({ total: 5, name: '{{ name }}' }) // { members: { total: 'number', name: 'any' } }
 */
export function writtenShape(value: Json): Shape {
  if (value === null) return 'any';
  if (typeof value === 'string') return value.startsWith('{{') && value.endsWith('}}') ? 'any' : 'text';
  if (Array.isArray(value)) {
    const [first, ...others] = value.map(writtenShape);
    return first === undefined ? 'list' : { items: others.reduce(joinShapes, first) };
  }
  if (typeof value === 'object')
    return {
      members: Object.fromEntries(Object.entries(value).map(([name, one]) => [name, one === undefined ? 'any' : writtenShape(one)])),
    };
  return typeof value === 'number' ? 'number' : 'boolean';
}
