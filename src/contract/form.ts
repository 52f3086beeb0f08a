import type { Json } from './json.js';

/**
 * A field of a form, as the API gives it: the params of a node type, a trigger, a declared variable, the settings of a flow, the
 * settings of a channel. The host makes it from the joi schema that validates the value, so form and validation cannot differ. Absent
 * members are false or unlimited.
 *
 * @example
 * // Joi.string().max(20).required().meta({ holds: 'text', rows: 3 }).label('Text').description('What the person reads.')
 * { kind: 'text', label: 'Text', sentence: 'What the person reads.', required: true, max: 20, rows: 3 }
 */
export interface Field {
  readonly kind: FieldKind;
  readonly label?: string;
  /** What the field is for, in one or two sentences. */
  readonly sentence?: string;
  readonly required?: true;
  /** The value that is used if there is none. */
  readonly default?: Json;
  /** A value to show while there is none. */
  readonly example?: Json;
  /** A form hides the field behind "more" until it has a value. */
  readonly more?: true;
  /** The name of a control that draws the field better than its kind would. A form that does not know the name draws the kind. */
  readonly control?: string;
  /**
   * All of these must be true, else the field has no place: a form hides it, and removes its value with the change that made one of them
   * false.
   */
  readonly when?: readonly FieldWhen[];
  /** The only values of a `choice`; for a `string` values to suggest. */
  readonly values?: readonly FieldValue[];
  /**
   * The lowest and the highest number; for texts the number of characters, for lists and maps that of members, for a `duration` in `unit`.
   * A text may be empty only if `min` is 0.
   */
  readonly min?: number;
  readonly max?: number;
  /** The value must be above, or below, this number. */
  readonly moreThan?: number;
  readonly lessThan?: number;
  readonly integer?: true;
  /** The unit of a number, in the plural: `seconds`. */
  readonly unit?: string;
  /** How many lines a text usually has; one if absent. */
  readonly rows?: number;
  /** The source of a regular expression that the text must match, or the names in a `map`. */
  readonly pattern?: string;
  /** The text is the address of a page or a file. */
  readonly address?: true;
  /** The text is filled for each member of a list, which it reads as `item`. */
  readonly ofItem?: true;
  /** People read the text, so that it is translated: see `locales` of a node. */
  readonly translatable?: true;
  /** Texts in the `json` may contain `{{ secrets.NAME }}`. */
  readonly sealed?: true;
  /** The members of an `object`, in order. */
  readonly fields?: readonly NamedField[];
  /** Further members of an `object`, which depend on the value of one of its `fields`. */
  readonly variants?: FieldVariants;
  /** A member of a `list`, a value of a `map`. */
  readonly item?: Field;
  /** The members of the `list` must be different. */
  readonly unique?: true;
  /** What the value of `alternatives` can be. */
  readonly anyOf?: readonly Field[];
  /** Which members an `object` must have together. */
  readonly groups?: readonly FieldGroup[];
}

/**
 * What a field holds.
 *
 * - Texts with a meaning: `text` may contain templates, `sealed` also `{{ secrets.NAME }}`; `expression` is one of Liquid without braces,
 *   `result` one over the result of the node; `regex` is an RE2 pattern, `variable` the name of a variable, `flow` the code of a flow or a
 *   template for one, `channel` the id of a channel or a template for one.
 * - `json` is any JSON, and texts in it may contain templates. `any` is any JSON as it is.
 * - Plain values: `string`, `number`, `boolean`, and `choice`, which is one of `values`.
 * - `duration` is `{ value, unit }` with seconds, minutes, hours or days.
 * - `object` has `fields`, a `list` has members like `item`, a `map` has any names with values like `item`.
 * - `condition` is a rule or a tree of rules, as `GET /api/language` explains its operators.
 * - `alternatives` is one of `anyOf`.
 */
export type FieldKind =
  | ('text' | 'sealed' | 'expression' | 'result' | 'regex' | 'variable' | 'flow' | 'channel')
  | ('json' | 'any')
  | ('string' | 'number' | 'boolean' | 'choice')
  | ('duration' | 'object' | 'list' | 'map' | 'condition' | 'alternatives');

/** A member of an object with its field. */
export interface NamedField {
  readonly name: string;
  readonly field: Field;
}

/** A condition on another member of the same object. A member without a value has its default. */
export interface FieldWhen {
  /** JSON Pointer from the object: `/action`. */
  readonly pointer: string;
  /** The values of which it must have one; any value if absent. */
  readonly is?: readonly Json[];
  /** The condition is true if it has none of these values; without `is`, if it has no value. */
  readonly not?: true;
}

/** A value to choose. */
export interface FieldValue {
  readonly value: Json;
  readonly title: string;
}

/** The members of an object that depend on one of its fields: what a message has depends on its `type`. */
export interface FieldVariants {
  /** The name of that field, which is a `choice` in `fields`. */
  readonly by: string;
  readonly cases: readonly FieldCase[];
}

/** The further members of an object for one value. */
export interface FieldCase extends FieldValue {
  readonly fields: readonly NamedField[];
  readonly groups?: readonly FieldGroup[];
}

/** `or`: at least one of the members. `xor`: exactly one. `oxor`: at most one. `and`: all or none. `nand`: not all. */
export interface FieldGroup {
  readonly kind: 'or' | 'xor' | 'and' | 'nand' | 'oxor';
  readonly members: readonly string[];
}

/**
 * What a schema can say about its form beside label, description, default and rules: `schema.meta({ rows: 3, control: 'message' })`.
 */
export interface FieldMeta extends Pick<Field, 'control' | 'rows' | 'more' | 'example' | 'unit' | 'min' | 'max' | 'moreThan' | 'when'> {
  /** The kind, where it does not follow from the schema: a `duration`, a `condition`. */
  readonly kind?: FieldKind;
  /** The words for the values of the schema; a value without words is not offered. For a schema without values, those to suggest. */
  readonly titles?: Readonly<Record<string, string>>;
  /** Programs write the value: no form has the field. */
  readonly hidden?: true;
}
