import { pointerOf } from '../contract/json/json-pointer.js';
import { DEEPEST, type Description, type FlowUse, type Holds, walkSchema } from './walk-schema.js';

/** A text in the params that is a template, an expression, a pattern, or a name. */
export interface HeldField {
  readonly holds: Holds;
  /** A JSON Pointer into the params. */
  readonly pointer: string;
  readonly value: string;
  /** Whether the text is an address: marked in the schema by `meta({ address: true })`. */
  readonly isAddress?: true;
  /** Whether the text is filled for each member of a list, as `item`: marked by `meta({ item: true })`. */
  readonly ofItem?: true;
  /** What becomes of the flow that the text names; `called` if absent. */
  readonly flowIs?: FlowUse;
}

/** Returns every marked text in a value. Parts that do not fit the schema are left out. */
export function heldFields(schema: Description, value: unknown): readonly HeldField[] {
  const found = new Map<string, HeldField>();
  walkSchema(schema, value, ({ description, value: one, path }) => {
    const holds = description.metas?.find((meta) => meta.holds)?.holds;
    const isAddress = description.metas?.some((meta) => meta.address) === true;
    const ofItem = description.metas?.some((meta) => meta.item) === true;
    const flowIs = description.metas?.find((meta) => meta.flowIs)?.flowIs;
    if (holds) note({ holds, value: one, path, isAddress, ofItem, flowIs }, found);
  });
  return [...found.values()];
}

interface Marked {
  readonly holds: Holds;
  readonly value: unknown;
  readonly path: readonly (string | number)[];
  readonly isAddress: boolean;
  readonly ofItem: boolean;
  readonly flowIs: FlowUse | undefined;
}

function note({ holds, value, path, isAddress, ofItem, flowIs }: Marked, found: Map<string, HeldField>): void {
  if (typeof value === 'string') {
    const pointer = pointerOf(path);
    const marks = { ...(isAddress ? { isAddress } : {}), ...(ofItem ? { ofItem } : {}), ...(flowIs === undefined ? {} : { flowIs }) };
    found.set(pointer, { holds, pointer, value, ...marks });
    return;
  }
  if ((holds !== 'json' && holds !== 'sealed') || value === null || typeof value !== 'object' || path.length > DEEPEST) return;
  const inner: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((one: unknown, i) => [i, one] as const)
    : Object.entries(value);
  for (const [key, one] of inner) note({ holds, value: one, path: [...path, key], isAddress, ofItem, flowIs }, found);
}
