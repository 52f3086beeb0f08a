import { isObject } from '../../../src/contract/json/json-members.js';
import type { Json, JsonObject } from '../../../src/contract/json.js';
import type { KnownOperator, KnownVariable } from './form-context.js';

/** A condition as the form draws it. Anything that is no condition is read as a rule that is not written yet. */
export type ReadCondition =
  | { readonly kind: 'all' | 'any'; readonly members: readonly Json[] }
  | { readonly kind: 'not'; readonly member: Json }
  | { readonly kind: 'rule'; readonly rule: JsonObject };

/** A rule that is not written yet. */
export const BLANK_RULE: JsonObject = { variable: '', operator: 'stringEquals', value: '' };

/** Returns a condition as the form draws it. */
export function readCondition(value: Json | undefined): ReadCondition {
  if (!isObject(value)) return { kind: 'rule', rule: {} };
  const { all, any, not } = value;
  if (Array.isArray(all)) return { kind: 'all', members: all };
  if (Array.isArray(any)) return { kind: 'any', members: any };
  return not === undefined ? { kind: 'rule', rule: value } : { kind: 'not', member: not };
}

/** Returns a group as JSON. A group of one is that one. */
export function groupOf(kind: 'all' | 'any', members: readonly Json[]): Json {
  const [only, ...others] = members;
  if (only === undefined) return BLANK_RULE;
  return others.length === 0 ? only : { [kind]: members };
}

/** Returns a condition with a further rule: in its group if it is one of that kind, else beside it in a new one. */
export function addRule(value: Json | undefined, kind: 'all' | 'any'): Json {
  const read = readCondition(value);
  return { [kind]: [...(read.kind === kind ? read.members : [value ?? BLANK_RULE]), BLANK_RULE] };
}

/** Returns the opposite of a condition. */
export function negated(value: Json | undefined): Json {
  const read = readCondition(value);
  return read.kind === 'not' ? read.member : { not: value ?? BLANK_RULE };
}

/** Returns a rule with another operator. Its value stays as far as the new operator takes it. */
export function withOperator(rule: JsonObject, operator: KnownOperator): JsonObject {
  const { value, exact, ...others } = rule;
  const rest = operator.takes === 'hours' && (others['variable'] ?? '') === '' ? { ...others, variable: 'now' } : others;
  const next = valueFor(value, operator.takes);
  return {
    ...rest,
    operator: operator.name,
    ...(next === undefined ? {} : { value: next }),
    ...(exact === undefined || operator.of !== 'text' ? {} : { exact }),
  };
}

function valueFor(value: Json | undefined, takes: KnownOperator['takes']): Json | undefined {
  if (takes === 'hours') return isHours(value) ? value : { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' };
  if (isHours(value)) return valueFor('', takes);
  if (takes === 'words' && Array.isArray(value)) return value;
  const first = Array.isArray(value) ? ((value[0] as Json | undefined) ?? '') : (value ?? '');
  if (takes === 'nothing') return undefined;
  if (takes === 'range') return Array.isArray(value) && value.length === 2 ? value : [first, ''];
  if (takes === 'list') return Array.isArray(value) || value === undefined ? (value ?? []) : first === '' ? [] : [first];
  return takes === 'regex' ? String(first) : first;
}

/** Returns whether a value is hours, which no other operator takes. */
function isHours(value: Json | undefined): boolean {
  const [one] = [value].flat();
  return isObject(one) && 'from' in one && 'to' in one;
}

/** Operators for a variable: those for its type, and the others. */
export interface OffersOperators {
  readonly fitting: readonly KnownOperator[];
  readonly others: readonly KnownOperator[];
}

/** Returns the operators that fit the type of what stands on the left side of a rule; all of them if its type is not known. */
export function operatorsFor(
  variable: Json | undefined,
  known: { readonly variables: readonly KnownVariable[]; readonly operators: readonly KnownOperator[] },
): OffersOperators {
  const type = known.variables.find(({ name }) => name === variable)?.type;
  const isFitting = ({ of }: KnownOperator) => type === undefined || of === 'any' || of === type;
  const fitting = known.operators.filter(isFitting);
  return fitting.some(({ of }) => of !== 'any')
    ? { fitting, others: known.operators.filter((one) => !isFitting(one)) }
    : { fitting: known.operators, others: [] };
}
