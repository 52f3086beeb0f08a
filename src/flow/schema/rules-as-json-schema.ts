import type { JsonObject } from '../../contract/index.js';
import type { Described, DescribedRule } from './described.js';

/** Returns joi's rules as keywords of JSON Schema. Rules without a counterpart are left out. */
export function boundsOf({ type = '', rules = [], allow = [] }: Described): JsonObject {
  const own = OWN[type];
  const made = rules.map((rule) => own?.(rule) ?? {});
  const [patterns, others] = [made.filter((one) => 'pattern' in one), made.filter((one) => !('pattern' in one))];
  return {
    ...always(type, allow.includes('')),
    ...Object.assign({}, ...others),
    ...(patterns.length === 1 ? patterns[0] : patterns.length > 1 ? { allOf: patterns } : {}),
  };
}

/** Returns what joi demands of every value of a type: a text is not empty unless that is allowed, a number is safe. */
function always(type: string, mayBeEmpty: boolean): JsonObject {
  if (type === 'string') return mayBeEmpty ? {} : { minLength: 1 };
  if (type === 'number') return { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
  return {};
}

const OWN: Readonly<Record<string, (rule: DescribedRule) => JsonObject>> = {
  string: ({ name, args: { limit = 0, regex = '' } = {} }) =>
    ({
      min: { minLength: limit },
      max: { maxLength: limit },
      length: { minLength: limit, maxLength: limit },
      pattern: { pattern: sourceOf(regex) },
    })[name] ?? {},
  number: ({ name, args: { limit = 0, sign = '' } = {} }) =>
    ({
      min: { minimum: limit },
      max: { maximum: limit },
      greater: { exclusiveMinimum: limit },
      less: { exclusiveMaximum: limit },
      integer: { type: 'integer' },
      sign: sign === 'positive' ? { exclusiveMinimum: 0 } : { exclusiveMaximum: 0 },
    })[name] ?? {},
  array: ({ name, args: { limit = 0 } = {} }) =>
    ({
      min: { minItems: limit },
      max: { maxItems: limit },
      length: { minItems: limit, maxItems: limit },
      unique: { uniqueItems: true },
    })[name] ?? {},
  object: ({ name, args: { limit = 0 } = {} }) =>
    ({
      min: { minProperties: limit },
      max: { maxProperties: limit },
      length: { minProperties: limit, maxProperties: limit },
    })[name] ?? {},
};

/** Returns the source of a regular expression: `^x-` of `/^x-/`. */
export function sourceOf(regex: string): string {
  return regex.slice(1, regex.lastIndexOf('/'));
}
