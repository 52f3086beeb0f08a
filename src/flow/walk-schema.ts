import type Joi from 'joi';

/** What a text in the params is: marked in the schema by `meta({ holds })`. */
export type Holds = 'text' | 'expression' | 'regex' | 'variable' | 'flow' | 'channel' | 'json' | 'sealed' | 'result';

/** What becomes of the flow that a text names: marked by `meta({ flowIs })`; `called` by default. */
export type FlowUse = 'called' | 'started' | 'ended';

/** The parts of joi's `describe()` that are read here. */
export interface Description {
  readonly type?: string;
  readonly metas?: readonly Meta[];
  readonly keys?: Readonly<Record<string, Description>>;
  readonly items?: readonly Description[];
  readonly patterns?: readonly { readonly regex?: unknown; readonly rule?: Description }[];
  readonly matches?: readonly (Branch & { readonly schema?: Description })[];
  readonly whens?: readonly Branch[];
  readonly link?: { readonly ref?: { readonly path?: readonly string[] } };
  readonly flags?: {
    readonly id?: string;
    readonly presence?: string;
    readonly only?: boolean;
    readonly label?: string;
    readonly description?: string;
  };
  readonly allow?: readonly unknown[];
  readonly rules?: readonly { readonly name: string; readonly args?: { readonly limit?: unknown } }[];
}

/** The marks of a schema that are read here. */
interface Meta {
  readonly holds?: Holds;
  readonly address?: boolean;
  readonly instructs?: boolean;
  readonly item?: boolean;
  readonly translatable?: boolean | 'perhaps';
  readonly flowIs?: FlowUse;
  readonly control?: string;
  readonly kind?: string;
  /** Which names the members of an object may have. */
  readonly names?: string;
  /** The member beside it with the operator that compares it. */
  readonly comparedBy?: string;
  /** The member beside it with the name of the variable that it is saved in. */
  readonly savedAs?: string;
}

interface Branch {
  /** `ancestor: 0` is the value itself, else the object that it is a member of. */
  readonly ref?: { readonly path?: readonly string[]; readonly ancestor?: number };
  readonly is?: { readonly allow?: readonly unknown[] };
  readonly then?: Description;
  readonly otherwise?: Description;
  readonly switch?: readonly {
    readonly is?: { readonly allow?: readonly unknown[] };
    readonly then?: Description;
    readonly otherwise?: Description;
  }[];
}

/** A value with a schema that may apply to it, and its place. */
export interface SchemaVisit {
  readonly description: Description;
  readonly value: unknown;
  readonly path: readonly (string | number)[];
  /** The object that the value is a member of. */
  readonly among?: Readonly<Record<string, unknown>> | undefined;
}

/** Deeper than any flow that the envelope accepts, the schema's own steps included. */
export const DEEPEST = 200;

/** Returns a function that describes schemas, each schema once: joi takes up to ten milliseconds for a large one. */
export function createDescriptions(): (schema: Joi.Schema) => Description {
  const known = new Map<Joi.Schema, Description>();
  return (schema) => {
    const description = known.get(schema) ?? (schema.describe() as Description);
    known.set(schema, description);
    return description;
  };
}

/** Walks a schema and a value together. Visits every value with each schema that may apply to it; values without a schema are left out. */
export function walkSchema(description: Description, value: unknown, visit: (visit: SchemaVisit) => void): void {
  walk(description, value, { path: [], ids: new Map(), visit, depth: 0 });
}

interface Walk {
  readonly path: readonly (string | number)[];
  /** Schemas by the ids that links refer to, as they are met on the way down. */
  readonly ids: Map<string, Description>;
  readonly visit: (visit: SchemaVisit) => void;
  readonly depth: number;
  /** The object that the value is a member of: conditions look at its other members. */
  readonly among?: Readonly<Record<string, unknown>>;
}

function walk(description: Description, value: unknown, at: Walk): void {
  if (at.depth > DEEPEST) return;
  if (description.flags?.id !== undefined) at.ids.set(description.flags.id, description);
  at.visit({ description, value, path: at.path, among: at.among });
  for (const inner of alternatives(description, value, at)) walk(inner, value, { ...at, depth: at.depth + 1 });
  if (Array.isArray(value)) {
    value.forEach((one: unknown, i) => {
      for (const item of description.items ?? []) walk(item, one, { ...at, path: [...at.path, i], depth: at.depth + 1 });
    });
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const among = value as Readonly<Record<string, unknown>>;
  for (const [key, one] of Object.entries(value)) {
    const member = description.keys && Object.hasOwn(description.keys, key) ? description.keys[key] : undefined;
    const inner = member ? [member] : key.startsWith('x-') ? [] : (description.patterns ?? []).flatMap(({ rule }) => rule ?? []);
    for (const schema of inner) walk(schema, one, { ...at, path: [...at.path, key], depth: at.depth + 1, among });
  }
}

/** Returns further schemas that may apply to the same value. */
function alternatives(description: Description, value: unknown, { ids, among }: Walk): readonly Description[] {
  const branches = [...(description.matches ?? []), ...(description.whens ?? [])];
  const found = branches.flatMap((one) => [
    ...('schema' in one && one.schema ? [one.schema] : []),
    ...(one.then ? [one.then] : []),
    ...(one.otherwise ? [one.otherwise] : []),
    ...chosen(one, one.ref?.ancestor === 0 ? value : among),
  ]);
  const linked = description.type === 'link' ? ids.get(description.link?.ref?.path?.[0] ?? '') : undefined;
  return linked ? [...found, linked] : found;
}

/** Returns the schema of the case of a switch that applies. The last case has the schema for all others. */
function chosen({ ref, switch: cases = [] }: Branch, of: unknown): readonly Description[] {
  const member = of !== null && typeof of === 'object' ? (of as Readonly<Record<string, unknown>>)[ref?.path?.[0] ?? ''] : undefined;
  const found = cases.find(({ is }) => is?.allow?.includes(member));
  const one = found ? found.then : cases.at(-1)?.otherwise;
  return one ? [one] : [];
}
