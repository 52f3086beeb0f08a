import type { Json } from '../contract/index.js';
import { isObject } from '../contract/json/json-members.js';

/** Which variables surely have a value if a condition is true, and which if it is false. */
export interface Proven {
  readonly ifTrue: ReadonlySet<string>;
  readonly ifFalse: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();
/** The maximum of conditions in each other that are followed. */
const DEEPEST = 100;

/**
 * Returns the variables that a condition proves to have a value. A comparison that is true has found one, unless it looks for nothing.
 *
 * @example provenBy({ variable: 'order.total', operator: 'numberGreaterThan', value: 5 }) // ifTrue: order
 * provenBy({ variable: 'name', operator: 'stringIsBlank' }) // ifFalse: name
 */
export function provenBy(condition: unknown, depth = 0): Proven {
  if (!isObject(condition) || depth > DEEPEST) return { ifTrue: NOTHING, ifFalse: NOTHING };
  const { all, any, not } = condition;
  if (not !== undefined) {
    const { ifTrue, ifFalse } = provenBy(not, depth + 1);
    return { ifTrue: ifFalse, ifFalse: ifTrue };
  }
  if (Array.isArray(all)) return provenByAll(all, depth);
  if (Array.isArray(any)) {
    // One of them is true unless all of them are false.
    const { ifTrue, ifFalse } = provenByAll(
      any.map((one: Json) => ({ not: one })),
      depth,
    );
    return { ifTrue: ifFalse, ifFalse: ifTrue };
  }
  return provenByRule(condition);
}

function provenByAll(conditions: readonly Json[], depth: number): Proven {
  const each = conditions.map((one) => provenBy(one, depth + 1));
  const [first = NOTHING, ...others] = each.map(({ ifFalse }) => ifFalse);
  return {
    ifTrue: new Set(each.flatMap(({ ifTrue }) => [...ifTrue])),
    ifFalse: new Set([...first].filter((name) => others.every((names) => names.has(name)))),
  };
}

/** An expression that begins with a path of names and goes on with filters, if with anything. */
const PATH = /^\s*([A-Za-z_]\w*)(?:[.[\]"'][\w.[\]"']*)?\s*(?:\||$)/;

function provenByRule({ variable, operator, value }: Readonly<Record<string, Json | undefined>>): Proven {
  const name = typeof variable === 'string' && !/\|\s*default\b/.test(variable) ? PATH.exec(variable)?.[1] : undefined;
  if (name === undefined) return { ifTrue: NOTHING, ifFalse: NOTHING };
  const names = new Set([name]);
  if (operator === 'stringIsBlank') return { ifTrue: NOTHING, ifFalse: names };
  return { ifTrue: value === '' ? NOTHING : names, ifFalse: NOTHING };
}
