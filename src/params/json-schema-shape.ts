import { type Json, type JsonObject, joinShapes, type Shape, shapeOf, type VariableType } from '../contract/index.js';
import { isObject } from '../contract/json/json-members.js';
import { valueAt } from '../contract/json/json-pointer.js';

/** The maximum of schemas in each other, references included: a schema may refer to itself. */
const DEEPEST = 12;
/** The maximum of schemas that are read: two that refer to each other twice would be read without end. */
const MAX_SCHEMAS = 5_000;

/**
 * Returns the shape of the values that a JSON Schema accepts (https://json-schema.org/draft/2020-12). It reads `type`, `properties`, `items`,
 * `prefixItems`, `enum`, `const`, `anyOf`, `oneOf`, `allOf`, `$ref` within the schema, and `format` of dates. An object that lists its
 * members has no others, unless `additionalProperties` or `patternProperties` allow them.
 */
export function shapeOfJsonSchema(schema: Json): Shape {
  return shapeIn(schema, { root: schema, depth: 0, count: { left: MAX_SCHEMAS } });
}

interface Around {
  readonly root: Json;
  readonly depth: number;
  readonly count: { left: number };
}

const TYPES: Readonly<Record<string, VariableType>> = {
  ...{ string: 'text', number: 'number', integer: 'number', boolean: 'boolean', array: 'list', object: 'object' },
};

function shapeIn(schema: Json | undefined, { root, depth, count }: Around): Shape {
  count.left -= 1;
  if (!isObject(schema) || depth > DEEPEST || count.left < 0) return 'any';
  const inner = (one: Json | undefined) => shapeIn(one, { root, depth: depth + 1, count });
  const { $ref, enum: values, anyOf, oneOf, allOf } = schema;
  if (typeof $ref === 'string')
    return $ref.startsWith('#') ? inner(valueAt(root, decodeFragment($ref.slice(1))) as Json | undefined) : 'any';
  if (schema['const'] !== undefined) return typeAlone(shapeOf(schema['const']));
  if (Array.isArray(values)) return joined(values.map((one) => typeAlone(shapeOf(one))));
  const some = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : undefined;
  const chosen = some?.filter((one) => !isNull(one)).map(inner);
  const parts = Array.isArray(allOf) ? allOf.map(inner) : [];
  const own = ownShape(schema, inner);
  return [own, ...(chosen ? [joined(chosen)] : []), ...parts].reduce(both);
}

function ownShape(schema: JsonObject, inner: (one: Json | undefined) => Shape): Shape {
  const { type, properties, items, prefixItems, format, additionalProperties, patternProperties } = schema;
  const types = [type].flat().filter((one) => one !== 'null');
  const [only] = types;
  if (types.length > 1) return 'any';
  if (only === 'object' || (only === undefined && isObject(properties))) {
    if (!isObject(properties)) return 'object';
    const isOpen = patternProperties !== undefined || (additionalProperties !== undefined && additionalProperties !== false);
    const members = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, inner(one)]));
    return isOpen ? { members, open: true } : { members };
  }
  if (only === 'array' || (only === undefined && (items !== undefined || prefixItems !== undefined))) {
    const each = [...(Array.isArray(prefixItems) ? prefixItems : []), ...(isObject(items) ? [items] : [])].map(inner);
    return each.length > 0 ? { items: joined(each) } : 'list';
  }
  if (only === 'string' && (format === 'date' || format === 'date-time')) return 'date';
  return (typeof only === 'string' ? TYPES[only] : undefined) ?? 'any';
}

function joined([first, ...others]: readonly Shape[]): Shape {
  return first === undefined ? 'any' : others.reduce(joinShapes, first);
}

/** Returns the shape of a value that has both shapes. */
function both(a: Shape, b: Shape): Shape {
  return a === 'any' ? b : b === 'any' ? a : joinShapes(a, b);
}

/** A value that is named is one of a type; what is in it is not looked at. */
function typeAlone(shape: Shape): Shape {
  return typeof shape === 'string' ? shape : 'items' in shape ? 'list' : 'object';
}

function isNull(schema: Json): boolean {
  return isObject(schema) && schema['type'] === 'null';
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
