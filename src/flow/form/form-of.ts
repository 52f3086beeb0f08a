import type Joi from 'joi';
import type { Field, FieldGroup, FieldKind, FieldValue, FieldVariants, Json, NamedField } from '../../contract/index.js';
import { casesOf, type Dependency, type Described, isOnItself, type JoiCondition, valuesOf } from '../schema/described.js';
import { regexAsText } from '../schema/json-schema.js';
import { sourceOf } from '../schema/rules-as-json-schema.js';
import { conditionalSchemas, kindOf, type Meta, metaOf, ownPatterns } from './field-kind.js';
import { placeOf, testOf, whenWith } from './field-place.js';
import { rulesOf } from './field-rules.js';

/**
 * Returns the form of a joi schema: what somebody who fills it in needs to know. A schema that links to itself ends where it does, as a
 * field of the kind that its meta names, else as `any`.
 *
 * @example formOf(nodeType.params).fields?.map(({ name }) => name)   // ['action', 'channel', 'to', 'message', …]
 */
export function formOf(schema: Joi.Schema): Field {
  return fieldOf(JSON.parse(JSON.stringify(schema.describe(), regexAsText)) as Described, new Map());
}

/** The schemas that links can lead to, by id. */
type Linked = ReadonlyMap<string, Described>;

function fieldOf(described: Described, outer: Linked): Field {
  if (described.type === 'link') return linkedField(described, outer);
  const linked = withIds(described, outer);
  const meta = metaOf(described);
  const kind = kindOf(described, meta);
  return {
    kind,
    ...wordsOf(described),
    ...placeOf(described, meta),
    ...rulesOf(described),
    ...INNER[kind]?.(described, linked),
    ...valuesFor(described, meta),
    ...shownBy(described, meta),
  };
}

/** Follows a link, unless it leads to a schema that links to itself. */
function linkedField(described: Described, linked: Linked): Field {
  const id = described.link?.ref.path[0] ?? '';
  const target = linked.get(id);
  const words = { ...wordsOf(described), ...placeOf(described) };
  if (!target) return { kind: 'any', ...words };
  return linksTo(target, id) ? { kind: metaOf(target).kind ?? 'any', ...words } : { ...fieldOf(target, linked), ...words };
}

function linksTo(described: Described, id: string): boolean {
  return JSON.stringify(described).includes(`"link":{"ref":{"path":["${id}"]`);
}

function withIds(described: Described, linked: Linked): Linked {
  const named = [described, ...(described.shared ?? [])].flatMap((one) =>
    one.flags?.id === undefined ? [] : [[one.flags.id, one] as const],
  );
  return named.length > 0 ? new Map([...linked, ...named]) : linked;
}

function wordsOf({ flags = {} }: Described): Pick<Field, 'label' | 'sentence' | 'default'> {
  const { label, description: sentence, default: standard } = flags;
  return {
    ...(label === undefined ? {} : { label }),
    ...(sentence === undefined ? {} : { sentence }),
    ...(standard === undefined ? {} : { default: standard }),
  };
}

const SHOWN_BY = ['control', 'rows', 'more', 'example', 'unit', 'min', 'max', 'moreThan'] as const;

function shownBy({ type }: Described, meta: Meta): Partial<Field> {
  return {
    ...Object.fromEntries(SHOWN_BY.flatMap((name) => (meta[name] === undefined ? [] : [[name, meta[name]]]))),
    ...(meta.address ? { address: true } : {}),
    ...(meta.item ? { ofItem: true } : {}),
    ...(meta.translatable ? { translatable: true } : {}),
    ...(meta.holds === 'sealed' && type !== 'string' ? { sealed: true } : {}),
  };
}

function valuesFor(described: Described, { titles = {} }: Meta): Pick<Field, 'values'> {
  const named = Object.keys(titles);
  const suggested = described.type === 'string' ? named : [];
  const chosen = valuesOf(described).filter((value) => named.length === 0 || named.includes(String(value)));
  const values = described.flags?.only ? chosen : suggested;
  return values.length > 0 ? { values: values.map((value) => titled(value, titles)) } : {};
}

function titled(value: Json, titles: Readonly<Record<string, string>>): FieldValue {
  return { value, title: titles[String(value)] ?? String(value) };
}

/** What is within a field, by its kind. */
const INNER: Readonly<Partial<Record<FieldKind, (described: Described, linked: Linked) => Partial<Field>>>> = {
  object: objectOf,
  list: ({ items = [] }, linked) => ({ item: oneOf(items.map((item) => fieldOf(item, linked))) }),
  map: mapOf,
  alternatives: alternativesOf,
};

function objectOf(described: Described, linked: Linked): Partial<Field> {
  const { keys = {}, dependencies = [], whens = [] } = described;
  const conditions = whens.filter(isOnItself);
  const byValue = conditions.find((one) => casesOf(one).cases.every(({ is }) => valuesOf(is).length > 0) && keys[memberOf(one)]);
  const others = conditions.filter((one) => one !== byValue).flatMap((one) => conditionalFields(one, keys, linked));
  const groups = groupsOf(dependencies);
  return {
    fields: [...fieldsOf(keys, dependencies, linked), ...others],
    ...(byValue ? { variants: variantsOf(byValue, keys, linked) } : {}),
    ...(groups.length > 0 ? { groups } : {}),
  };
}

type Members = NonNullable<Described['keys']>;

function fieldsOf(keys: Members, dependencies: readonly Dependency[], linked: Linked): readonly NamedField[] {
  return Object.entries(keys).flatMap(([name, described]) => {
    if (described.flags?.presence === 'forbidden' || metaOf(described).hidden) return [];
    const field = fieldOf(described, linked);
    const when = [...(field.when ?? []), ...whenWith(name, dependencies)];
    return [{ name, field: when.length > 0 ? { ...field, when } : field }];
  });
}

/** Returns the members that depend on the value of another one, which the object itself has. */
function variantsOf(condition: JoiCondition, keys: Members, linked: Linked): FieldVariants {
  const by = memberOf(condition);
  const { titles = {} } = metaOf(keys[by] ?? {});
  const cases = casesOf(condition).cases.flatMap(({ is, then = {} }) => {
    const groups = groupsOf(then.dependencies ?? []);
    const further = { fields: furtherFields(then, keys, linked), ...(groups.length > 0 ? { groups } : {}) };
    return valuesOf(is).map((value) => ({ ...titled(value, titles), ...further }));
  });
  return { by, cases };
}

/** Returns the members that an object has by a condition, each with that condition. */
function conditionalFields(condition: JoiCondition, keys: Members, linked: Linked): readonly NamedField[] {
  return casesOf(condition).cases.flatMap((one) =>
    furtherFields(one.then ?? {}, keys, linked).map(({ name, field }) => ({
      name,
      field: { ...field, when: [...(field.when ?? []), testOf(condition, [one])] },
    })),
  );
}

function furtherFields({ keys = {}, dependencies = [] }: Described, known: Members, linked: Linked): readonly NamedField[] {
  const further = Object.entries(keys).filter(([name]) => !Object.hasOwn(known, name));
  return fieldsOf(Object.fromEntries(further), dependencies, linked);
}

function memberOf({ ref }: JoiCondition): string {
  return ref?.path[0] ?? '';
}

const GROUPS: ReadonlySet<string> = new Set<FieldGroup['kind']>(['or', 'xor', 'and', 'nand', 'oxor']);

function groupsOf(dependencies: readonly Dependency[]): readonly FieldGroup[] {
  return dependencies.flatMap(({ rel, peers }) => (GROUPS.has(rel) ? [{ kind: rel as FieldGroup['kind'], members: peers }] : []));
}

function mapOf(described: Described, linked: Linked): Partial<Field> {
  const own = ownPatterns(described);
  const [pattern] = own.map(({ regex, schema = {} }) => (regex === undefined ? rulesOf(schema).pattern : sourceOf(regex)));
  return { item: oneOf(own.map(({ rule }) => fieldOf(rule, linked))), ...(pattern === undefined ? {} : { pattern }) };
}

function alternativesOf(described: Described, linked: Linked): Partial<Field> {
  const plain = (described.matches ?? []).flatMap(({ schema }) => (schema ? [fieldOf(schema, linked)] : []));
  const conditional = conditionalSchemas(described).map(({ schema, when }) => ({
    ...fieldOf(schema, linked),
    ...(when ? { when: [when] } : {}),
  }));
  return { anyOf: [...plain, ...conditional] };
}

function oneOf(fields: readonly Field[]): Field {
  const [first = { kind: 'any' as const }] = fields;
  return fields.length > 1 ? { kind: 'alternatives', anyOf: fields } : first;
}
