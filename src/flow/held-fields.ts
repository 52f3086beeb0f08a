import { pointerOf } from '../contract/json/json-pointer.js';
import { DEEPEST, type Description, type FlowUse, type Holds, type SchemaVisit, walkSchema } from './walk-schema.js';

/** A text in the params that is a template, an expression, a pattern, or a name. */
export interface HeldField {
  readonly holds: Holds;
  /** A JSON Pointer into the params. */
  readonly pointer: string;
  readonly value: string;
  /** Whether the text is an address: marked in the schema by `meta({ address: true })`. */
  readonly isAddress?: true;
  /** Whether a language model obeys the text: marked by `meta({ instructs: true })`. */
  readonly instructs?: true;
  /** Whether the text is filled for each member of a list, as `item`: marked by `meta({ item: true })`. */
  readonly ofItem?: true;
  /** What becomes of the flow that the text names; `called` if absent. */
  readonly flowIs?: FlowUse;
  /** Whether a person reads the text: it is in a message. */
  readonly isShown?: true;
  /** The operator that compares the value of the expression: the member that `meta({ comparedBy })` names. */
  readonly comparedBy?: string;
  /** The variable that the value is saved in: the member that `meta({ savedAs })` names. */
  readonly savedAs?: string;
}

/** Returns every marked text in a value. Parts that do not fit the schema are left out. */
export function heldFields(schema: Description, value: unknown): readonly HeldField[] {
  const found = new Map<string, HeldField>();
  // An object is visited before what is in it.
  let message: Path | undefined;
  walkSchema(schema, value, (visit) => {
    const { metas } = visit.description;
    if (!metas) return;
    if (metas.some(({ control }) => control === 'message')) message = visit.path;
    const holds = metas.find((meta) => meta.holds)?.holds;
    if (holds) note({ holds, value: visit.value, path: visit.path, marks: marksOf(visit, { holds, message }) }, found);
  });
  return [...found.values()];
}

type Path = readonly (string | number)[];
type Marks = Omit<HeldField, 'holds' | 'pointer' | 'value'>;

function marksOf(
  { description: { metas = [] }, path, among = {} }: SchemaVisit,
  { holds, message }: { readonly holds: Holds; readonly message: Path | undefined },
): Marks {
  const marks: { -readonly [K in keyof Marks]: Marks[K] } = {};
  for (const { address, instructs, item, flowIs, comparedBy, savedAs } of metas) {
    if (address) marks.isAddress = true;
    if (instructs) marks.instructs = true;
    if (item) marks.ofItem = true;
    if (flowIs) marks.flowIs = flowIs;
    const [operator, name] = [comparedBy && among[comparedBy], savedAs && among[savedAs]];
    if (typeof operator === 'string') marks.comparedBy = operator;
    if (typeof name === 'string' && name !== '') marks.savedAs = name;
  }
  if (holds === 'text' && !marks.isAddress && message && isWithin(path, message)) marks.isShown = true;
  return marks;
}

function isWithin(path: Path, outer: Path): boolean {
  return path.length > outer.length && outer.every((one, i) => path[i] === one);
}

interface Marked {
  readonly holds: Holds;
  readonly value: unknown;
  readonly path: Path;
  readonly marks: Marks;
}

function note({ holds, value, path, marks }: Marked, found: Map<string, HeldField>): void {
  if (typeof value === 'string') {
    const pointer = pointerOf(path);
    found.set(pointer, { holds, pointer, value, ...marks });
    return;
  }
  if ((holds !== 'json' && holds !== 'sealed') || value === null || typeof value !== 'object' || path.length > DEEPEST) return;
  const inner: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((one: unknown, i) => [i, one] as const)
    : Object.entries(value);
  // A text in an object is a part of what is saved.
  const { savedAs: _, ...others } = marks;
  for (const [key, one] of inner) note({ holds, value: one, path: [...path, key], marks: others }, found);
}
