import type { FieldMeta, Json } from '../../contract/index.js';
import type { Holds } from '../walk-schema.js';

/** The parts of joi's `describe()` that JSON Schemas and forms are made from. */
export interface Described {
  readonly type?: string;
  readonly metas?: readonly (FieldMeta & {
    readonly holds?: Holds;
    readonly address?: boolean;
    readonly item?: boolean;
    readonly translatable?: boolean | 'perhaps';
  })[];
  readonly flags?: {
    readonly only?: boolean;
    readonly presence?: 'required' | 'optional' | 'forbidden';
    readonly unknown?: boolean;
    readonly id?: string;
    readonly label?: string;
    readonly description?: string;
    readonly default?: Json;
  };
  readonly allow?: readonly Json[];
  readonly rules?: readonly DescribedRule[];
  readonly keys?: Readonly<Record<string, Described>>;
  readonly patterns?: readonly { readonly regex?: string; readonly schema?: Described; readonly rule: Described }[];
  readonly dependencies?: readonly Dependency[];
  readonly items?: readonly Described[];
  readonly matches?: readonly (JoiCondition & { readonly schema?: Described })[];
  readonly whens?: readonly JoiCondition[];
  readonly link?: { readonly ref: { readonly path: readonly string[] } };
  readonly shared?: readonly Described[];
}

export interface DescribedRule {
  readonly name: string;
  readonly args?: { readonly limit?: number; readonly sign?: string; readonly regex?: string };
}

export interface Dependency {
  readonly rel: string;
  readonly key?: string;
  readonly peers: readonly string[];
}

/** `when` and `conditional`: one case, or a switch of several. */
export interface JoiCondition {
  /** `ancestor: 0` is the value itself, else the object that it is a member of. */
  readonly ref?: { readonly path: readonly string[]; readonly ancestor?: number };
  readonly is?: Described;
  readonly then?: Described;
  readonly otherwise?: Described;
  readonly switch?: readonly { readonly is: Described; readonly then?: Described; readonly otherwise?: Described }[];
}

/** A case of a condition: what the member must be, and the schema that applies then. */
export interface Case {
  readonly is: Described;
  readonly then?: Described | undefined;
}

/** Returns the cases of a condition in order, and the schema that applies if none of them does. */
export function casesOf({ is, then, otherwise, switch: cases = [] }: JoiCondition): {
  readonly cases: readonly Case[];
  readonly otherwise?: Described | undefined;
} {
  if (is) return { cases: [{ is, then }], otherwise };
  return { cases: cases.map((one) => ({ is: one.is, then: one.then })), otherwise: cases.at(-1)?.otherwise };
}

/** Returns whether a condition looks at members of the value itself; if not, at its siblings. */
export function isOnItself({ ref }: JoiCondition): boolean {
  return ref?.ancestor === 0;
}

/** Returns the values that a schema names. */
export function valuesOf({ allow = [] }: Described): readonly Json[] {
  return allow.filter((one) => !isOverride(one));
}

/** Returns whether a value is joi's mark for a list that replaces the previous one. */
function isOverride(value: Json): boolean {
  return value !== null && typeof value === 'object' && 'override' in value;
}
