import type { Field } from '../../contract/index.js';
import type { Described, DescribedRule } from '../schema/described.js';
import { sourceOf } from '../schema/rules-as-json-schema.js';

/** Returns what joi's rules say about a field. Rules that a form cannot show are left out: validation reports them. */
export function rulesOf({ type, rules = [], allow = [] }: Described): Partial<Field> {
  const mayBeEmpty = type === 'string' && allow.includes('');
  return Object.assign(mayBeEmpty ? { min: 0 } : {}, ...rules.map((rule) => RULES[rule.name]?.(rule.args ?? {}) ?? {})) as Partial<Field>;
}

const RULES: Readonly<Record<string, (args: NonNullable<DescribedRule['args']>) => Partial<Field>>> = {
  min: ({ limit = 0 }) => ({ min: limit }),
  max: ({ limit = 0 }) => ({ max: limit }),
  length: ({ limit = 0 }) => ({ min: limit, max: limit }),
  greater: ({ limit = 0 }) => ({ moreThan: limit }),
  less: ({ limit = 0 }) => ({ lessThan: limit }),
  sign: ({ sign }) => (sign === 'positive' ? { moreThan: 0 } : { lessThan: 0 }),
  integer: () => ({ integer: true }),
  pattern: ({ regex = '' }) => ({ pattern: sourceOf(regex) }),
  uri: () => ({ address: true }),
  unique: () => ({ unique: true }),
};
