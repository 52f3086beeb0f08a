import type { FieldKind, FieldWhen } from '../../contract/index.js';
import { casesOf, type Described, isOnItself } from '../schema/described.js';
import { testOf } from './field-place.js';

/** Everything that a schema says about its form; of two metas with the same member the later one counts. */
export type Meta = NonNullable<Described['metas']>[number];

export function metaOf({ metas = [] }: Described): Meta {
  return Object.assign({}, ...metas) as Meta;
}

/** Returns the kind of a field: what its meta says, else what follows from joi's type. */
export function kindOf(described: Described, { kind, holds }: Meta): FieldKind {
  const { type = 'any', flags = {} } = described;
  if (kind) return kind;
  if (flags.only) return 'choice';
  if (holds === 'sealed') return type === 'string' ? 'sealed' : 'json';
  if (holds) return holds;
  if (type === 'object') return isMap(described) ? 'map' : 'object';
  if (type === 'any') return conditionalSchemas(described).length > 0 ? 'alternatives' : 'any';
  return KINDS[type] ?? 'any';
}

const KINDS: Readonly<Record<string, FieldKind>> = {
  string: 'string',
  date: 'string',
  number: 'number',
  boolean: 'boolean',
  array: 'list',
  alternatives: 'alternatives',
};

/** Members that begin with `x-` belong to other tools, and have no fields. */
const OF_TOOLS = '/^x-/';

/** Returns the patterns of an object's members, without those that belong to other tools. */
export function ownPatterns({ patterns = [] }: Described): NonNullable<Described['patterns']> {
  return patterns.filter(({ regex }) => regex !== OF_TOOLS);
}

function isMap(described: Described): boolean {
  const { keys = {}, patterns = [], whens = [] } = described;
  const isNamed = Object.keys(keys).length > 0 || whens.some(isOnItself);
  return !isNamed && (patterns.length === 0 || ownPatterns(described).length > 0);
}

/** Returns the schemas that a value has by conditions, each with its condition if that looks at a sibling. */
export function conditionalSchemas({
  matches = [],
  whens = [],
}: Described): readonly { readonly schema: Described; readonly when?: FieldWhen }[] {
  return [...matches.filter(({ schema }) => !schema), ...whens].flatMap((condition) => {
    const { cases, otherwise } = casesOf(condition);
    const place = (when: FieldWhen) => (isOnItself(condition) ? {} : { when });
    return [
      ...cases.map((one) => ({ schema: one.then, ...place(testOf(condition, [one])) })),
      { schema: otherwise, ...place({ ...testOf(condition, cases), not: true }) },
    ].flatMap(({ schema, ...rest }) => (schema && saysMore(schema) ? [{ schema, ...rest }] : []));
  });
}

/** Returns whether a schema says more than whether the value is required. */
function saysMore({ type = 'any', metas = [], flags = {} }: Described): boolean {
  return flags.presence !== 'forbidden' && (type !== 'any' || metas.length > 0);
}
