import type Joi from 'joi';
import type { Json, JsonObject } from '../../contract/index.js';
import { type Case, casesOf, type Dependency, type Described, isOnItself, type JoiCondition, valuesOf } from './described.js';
import { boundsOf, sourceOf } from './rules-as-json-schema.js';

type Schema = JsonObject | boolean;

/** Schemas with an id or a link to them, as they are met. */
type Definitions = Record<string, Json>;

/**
 * Returns the JSON Schema (2020-12) of a joi schema. It is as strict as joi without conversion, conditions between members included. Custom
 * functions of joi are left out. Named schemas are in `$defs`.
 */
export function jsonSchema(schema: Joi.Schema): JsonObject {
  const definitions: Definitions = {};
  const described = JSON.parse(JSON.stringify(schema.describe(), regexAsText)) as Described;
  for (const shared of described.shared ?? []) schemaOf(shared, definitions);
  // The schema itself is at the top, even if it has a name.
  const { id, ...flags } = described.flags ?? {};
  if (id !== undefined && isLinked(described, id)) schemaOf(described, definitions);
  const made = schemaOf({ ...described, flags }, definitions);
  const own: JsonObject = typeof made === 'boolean' ? (made ? {} : { not: {} }) : made;
  return Object.keys(definitions).length > 0 ? { ...own, $defs: definitions } : own;
}

/** Writes regular expressions as texts: a replacer for `JSON.stringify`. */
export function regexAsText(_key: string, value: unknown): unknown {
  return value instanceof RegExp ? String(value) : value;
}

function isLinked(described: Described, id: string): boolean {
  return JSON.stringify(described).includes(`"link":{"ref":{"path":["${id}"]`);
}

function schemaOf(described: Described, definitions: Definitions): Schema {
  const { flags = {}, type, link } = described;
  if (type === 'link') return { ...wordsOf(described), $ref: `#/$defs/${link?.ref.path[0] ?? ''}` };
  if (flags.id === undefined) return plainSchemaOf(described, definitions);
  if (!(flags.id in definitions)) {
    // Set before it is made, because it may link to itself.
    definitions[flags.id] = true;
    definitions[flags.id] = plainSchemaOf(described, definitions);
  }
  return { $ref: `#/$defs/${flags.id}` };
}

function plainSchemaOf(described: Described, definitions: Definitions): Schema {
  const { type, flags = {}, whens = [] } = described;
  if (flags.presence === 'forbidden') return false;
  const own = type === 'object' ? objectSchema(described, definitions) : valueSchema(described, definitions);
  // Conditions on members of the value itself. Those on its siblings are added where the object is made.
  const conditions = whens.filter(isOnItself).map((one) => conditionSchema(one, { definitions, with: described }));
  return withAllOf({ ...wordsOf(described), ...own }, conditions);
}

function wordsOf({ flags = {} }: Described): JsonObject {
  return {
    ...(flags.label === undefined ? {} : { title: flags.label }),
    ...(flags.description === undefined ? {} : { description: flags.description }),
    ...(flags.default === undefined ? {} : { default: flags.default }),
  };
}

function valueSchema(described: Described, definitions: Definitions): JsonObject {
  const { type, flags = {}, items, matches } = described;
  const values = valuesOf(described);
  if (flags.only) return { enum: values };
  if (type === 'alternatives') return alternativesSchema(matches ?? [], definitions);
  if (type === 'array') return { type: 'array', ...(items ? { items: oneOfThese(items, definitions) } : {}), ...boundsOf(described) };
  if (type !== 'string' && type !== 'number' && type !== 'boolean') return {};
  const made = { type, ...boundsOf(described) };
  const others = values.filter((one) => one !== '' || type !== 'string');
  return others.length > 0 ? { anyOf: [made, { enum: others }] } : made;
}

function oneOfThese(items: readonly Described[], definitions: Definitions): Json {
  const schemas = items.map((one) => schemaOf(one, definitions));
  return schemas.length === 1 ? (schemas[0] ?? true) : { anyOf: schemas };
}

function objectSchema(described: Described, definitions: Definitions): JsonObject {
  const { keys = {}, patterns = [], flags = {}, dependencies = [], whens = [] } = described;
  const members = Object.entries(keys);
  const required = members.filter(([, one]) => one.flags?.presence === 'required').map(([name]) => name);
  const named = patterns.filter(({ schema }) => schema);
  // Joi accepts any member if none is named. Members that a condition adds are named there only.
  const isClosed = flags.unknown !== true && (described.keys !== undefined || patterns.length > 0) && !whens.some(isOnItself);
  const made: JsonObject = {
    type: 'object',
    ...(members.length > 0 ? { properties: Object.fromEntries(members.map(([name, one]) => [name, schemaOf(one, definitions)])) } : {}),
    ...(required.length > 0 ? { required } : {}),
    ...patternProperties(patterns, definitions),
    ...(named[0]?.schema
      ? { propertyNames: schemaOf(named[0].schema, definitions), additionalProperties: schemaOf(named[0].rule, definitions) }
      : {}),
    ...(isClosed && named.length === 0 ? { additionalProperties: false } : {}),
    ...boundsOf(described),
  };
  const conditions = members.flatMap(([name, one]) =>
    (one.whens ?? []).filter((when) => !isOnItself(when)).map((when) => conditionSchema(when, { definitions, member: name, among: keys })),
  );
  return withAllOf(made, [...dependencies.map(dependencySchema), ...conditions]);
}

function patternProperties(patterns: NonNullable<Described['patterns']>, definitions: Definitions): JsonObject {
  const byRegex = patterns.flatMap(({ regex, rule }) =>
    regex === undefined ? [] : [[sourceOf(regex), schemaOf(rule, definitions)] as const],
  );
  return byRegex.length > 0 ? { patternProperties: Object.fromEntries(byRegex) } : {};
}

interface Around {
  readonly definitions: Definitions;
  /** The schema that the condition adds to, if it looks at the value itself. */
  readonly with?: Described;
  /** The member that the condition is about, if it looks at a sibling. */
  readonly member?: string;
  readonly among?: Readonly<Record<string, Described>>;
}

/** Returns joi's `when` as a chain of if, then and else on the object with the member that is tested. */
function conditionSchema(condition: JoiCondition, around: Around): Schema {
  const name = condition.ref?.path[0] ?? '';
  const { cases, otherwise } = casesOf(condition);
  const last: Schema = otherwise ? consequence(otherwise, around) : true;
  return cases.reduceRight<Schema>(
    (rest, one) => ifThenElse(memberIs(name, one, around.among?.[name]), one.then ? consequence(one.then, around) : true, rest),
    last,
  );
}

function ifThenElse(condition: JsonObject, then: Schema, otherwise: Schema): JsonObject {
  return { if: condition, ...(then === true ? {} : { then }), ...(otherwise === true ? {} : { else: otherwise }) };
}

/** Returns a schema for objects with one of these values in a member. A missing member has its default. */
function memberIs(name: string, { is }: Case, member?: Described): JsonObject {
  const values = valuesOf(is);
  const standard = member?.flags?.default;
  const mayLack = is.flags?.presence !== 'required' || (standard !== undefined && values.includes(standard));
  return {
    type: 'object',
    ...(values.length > 0 ? { properties: { [name]: { enum: values } } } : {}),
    ...(mayLack ? {} : { required: [name] }),
  };
}

/** Returns what a case demands of the object: of its member, or of itself with its other members. */
function consequence(described: Described, { definitions, with: base, member }: Around): Schema {
  if (member === undefined) {
    const keys = Object.fromEntries(Object.keys(base?.keys ?? {}).map((name) => [name, {} as Described]));
    const made = schemaOf({ ...described, ...(described.keys || base?.keys ? { keys: { ...keys, ...described.keys } } : {}) }, definitions);
    return made;
  }
  if (described.flags?.presence === 'forbidden') return { properties: { [member]: false } };
  const schema = schemaOf(described, definitions);
  const isAny = typeof schema !== 'boolean' && Object.keys(schema).every((key) => key === 'title' || key === 'description');
  return {
    ...(isAny ? {} : { properties: { [member]: schema } }),
    ...(described.flags?.presence === 'required' ? { required: [member] } : {}),
  };
}

/** Returns joi's alternatives: the first condition that is met decides; without conditions any of the schemas may fit. */
function alternativesSchema(matches: NonNullable<Described['matches']>, definitions: Definitions): JsonObject {
  const plain = matches.flatMap(({ schema }) => (schema ? [schemaOf(schema, definitions)] : []));
  if (plain.length > 0) return { anyOf: plain };
  const chain = [...matches].reverse().reduce<Schema>((rest, one) => {
    const { cases, otherwise } = casesOf(one);
    const last = otherwise ? schemaOf(otherwise, definitions) : rest;
    return cases.reduceRight<Schema>(
      (more, each) => ifThenElse(memberIs(one.ref?.path[0] ?? '', each), each.then ? schemaOf(each.then, definitions) : true, more),
      last,
    );
  }, false);
  return typeof chain === 'boolean' ? {} : chain;
}

/** Returns which members an object must have together. */
function dependencySchema({ rel, key = '', peers }: Dependency): Schema {
  const has = peers.map((name) => ({ required: [name] }));
  switch (rel) {
    case 'or':
      return { anyOf: has };
    case 'xor':
      return { oneOf: has };
    case 'oxor':
      return { oneOf: [...has, { not: { anyOf: has } }] };
    case 'and':
      return { oneOf: [{ required: peers }, { not: { anyOf: has } }] };
    case 'nand':
      return { not: { required: peers } };
    case 'with':
      return { dependentRequired: { [key]: peers } };
    case 'without':
      return { dependentSchemas: { [key]: { not: { anyOf: has } } } };
    default:
      return true;
  }
}

function withAllOf(schema: JsonObject, more: readonly Schema[]): JsonObject {
  const all = more.filter((one) => one !== true);
  if (all.length === 0) return schema;
  const before = Array.isArray(schema['allOf']) ? (schema['allOf'] as readonly Json[]) : [];
  return { ...schema, allOf: [...before, ...all] };
}
