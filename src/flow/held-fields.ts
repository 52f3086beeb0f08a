import type Joi from 'joi';
import { pointerOf } from './problems-of-joi.js';

/** What a field of some params holds, beside its type: marked in the schema by joi's `meta({ holds })`. */
export type Holds = 'text' | 'expression' | 'regex' | 'variable' | 'flow' | 'channel' | 'json' | 'sealed' | 'result';

/** A text in the params that means more than itself. */
export interface HeldField {
  readonly holds: Holds;
  /** Into the params. */
  readonly pointer: string;
  readonly value: string;
}

interface Description {
  readonly type?: string;
  readonly metas?: readonly { readonly holds?: Holds }[];
  readonly keys?: Readonly<Record<string, Description>>;
  readonly items?: readonly Description[];
  readonly patterns?: readonly { readonly rule?: Description }[];
  readonly matches?: readonly {
    readonly schema?: Description;
    readonly then?: Description;
    readonly otherwise?: Description;
    readonly switch?: readonly { readonly then?: Description }[];
  }[];
  readonly whens?: readonly When[];
  readonly link?: { readonly ref?: { readonly path?: readonly string[] } };
  readonly flags?: { readonly id?: string };
}

/** A schema that another member decides: a sibling, or with `ancestor: 0` one of its own. */
interface When extends Case {
  readonly ref?: { readonly path?: readonly string[]; readonly ancestor?: number };
  readonly switch?: readonly Case[];
}
interface Case {
  readonly is?: { readonly allow?: readonly unknown[] };
  readonly then?: Description;
  readonly otherwise?: Description;
}

/** Deeper than any flow that the envelope lets by, counting the schema's own steps. */
const DEEPEST = 200;

const descriptions = new WeakMap<Joi.Schema, Description>();

/** Walks schema and value together and finds every marked text; what does not fit the schema is passed over. */
export function heldFields(schema: Joi.Schema, value: unknown): readonly HeldField[] {
  let description = descriptions.get(schema);
  if (!description) {
    description = schema.describe() as Description;
    descriptions.set(schema, description);
  }
  const found = new Map<string, HeldField>();
  walk(description, value, { path: [], ids: new Map(), found, depth: 0 });
  return [...found.values()];
}

interface Walk {
  readonly path: readonly (string | number)[];
  /** Schemas that links point at, as they are met on the way down. */
  readonly ids: Map<string, Description>;
  readonly found: Map<string, HeldField>;
  readonly depth: number;
  /** The object that the value is a member of. */
  readonly parent?: unknown;
}

function walk(description: Description, value: unknown, at: Walk): void {
  if (at.depth > DEEPEST) return;
  if (description.flags?.id !== undefined) at.ids.set(description.flags.id, description);
  const holds = description.metas?.find((meta) => meta.holds)?.holds;
  if (holds) note(holds, value, at);
  for (const inner of alternatives(description, value, at)) walk(inner, value, { ...at, depth: at.depth + 1 });
  if (Array.isArray(value)) {
    value.forEach((one: unknown, i) => {
      for (const item of description.items ?? []) walk(item, one, { ...at, path: [...at.path, i], depth: at.depth + 1, parent: value });
    });
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const [key, one] of Object.entries(value)) {
    const member = description.keys && Object.hasOwn(description.keys, key) ? description.keys[key] : undefined;
    const inner = member ? [member] : key.startsWith('x-') ? [] : (description.patterns ?? []).flatMap(({ rule }) => rule ?? []);
    for (const schema of inner) walk(schema, one, { ...at, path: [...at.path, key], depth: at.depth + 1, parent: value });
  }
}

/** The schemas that the same value may also have to fit. */
function alternatives(description: Description, value: unknown, { ids, parent }: Walk): readonly Description[] {
  const matched = (description.matches ?? []).flatMap((one) => [
    ...(one.schema ? [one.schema] : []),
    ...(one.then ? [one.then] : []),
    ...(one.otherwise ? [one.otherwise] : []),
    ...(one.switch ?? []).flatMap((other) => other.then ?? []),
  ]);
  const found = [...matched, ...(description.whens ?? []).flatMap((when) => decided(when, when.ref?.ancestor === 0 ? value : parent))];
  const linked = description.type === 'link' ? ids.get(description.link?.ref?.path?.[0] ?? '') : undefined;
  return linked ? [...found, linked] : found;
}

/** What the member that decides says; by joi's way of telling it, an `otherwise` stands in the last case. */
function decided(when: When, holder: unknown): readonly Description[] {
  const name = when.ref?.path?.[0] ?? '';
  const subject: unknown =
    typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name)
      ? (holder as Readonly<Record<string, unknown>>)[name]
      : undefined;
  const cases = when.switch ?? [when];
  const hit = cases.find(({ is }) => is?.allow?.includes(subject));
  const chosen = hit ? hit.then : (when.otherwise ?? cases.at(-1)?.otherwise);
  return chosen ? [chosen] : [];
}

function note(holds: Holds, value: unknown, at: Walk): void {
  if (typeof value === 'string') {
    const pointer = pointerOf(at.path);
    at.found.set(pointer, { holds, pointer, value });
    return;
  }
  if ((holds !== 'json' && holds !== 'sealed') || value === null || typeof value !== 'object' || at.depth > DEEPEST) return;
  const inner: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((one: unknown, i) => [i, one] as const)
    : Object.entries(value);
  for (const [key, one] of inner) note(holds, one, { ...at, path: [...at.path, key], depth: at.depth + 1 });
}
