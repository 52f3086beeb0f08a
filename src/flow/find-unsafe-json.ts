import type { Problem } from '../contract/index.js';
import { MAX_LEVELS } from '../contract/json/levels.js';

/** Members of one object. Each wrong member would be a problem of its own. */
const MAX_MEMBERS = 5_000;
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const CODES = {
  flow: { deep: 'flow/too-deep', key: 'flow/forbidden-key', number: 'flow/endless-number', wide: 'flow/too-large' },
  body: { deep: 'body/too-deep', key: 'body/forbidden-key', number: 'body/endless-number', wide: 'body/too-large' },
} as const;

/**
 * Returns the first place where JSON is unsafe to work with: nested too deep, an object with too many members, a key that reaches an object's
 * prototype, or a number beyond the range of doubles (`1e400`), which each store would keep differently. `family` is the first part of its code.
 */
export function findUnsafeJson(value: unknown, family: keyof typeof CODES, pointer = '', depth = 0): Problem | undefined {
  const unsafe = (kind: keyof (typeof CODES)['flow'], message: string, hint: string, at = pointer): Problem => ({
    pointer: at,
    code: CODES[family][kind],
    message,
    hint,
    severity: 'error',
  });
  if (typeof value === 'number' && !Number.isFinite(value)) return unsafe('number', 'the number is too large', 'Write it as a text.');
  if (value === null || typeof value !== 'object') return undefined;
  if (depth > MAX_LEVELS) return unsafe('deep', `nested more than ${MAX_LEVELS} levels deep`, 'Flatten the structure.');
  const members = Object.entries(value);
  if (members.length > MAX_MEMBERS && !Array.isArray(value))
    return unsafe(
      'wide',
      `the object has ${members.length} members; at most ${MAX_MEMBERS} are allowed`,
      'Use a list, or several objects.',
    );
  for (const [key, inner] of members) {
    const here = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (FORBIDDEN_KEYS.has(key)) return unsafe('key', `"${key}" is not allowed as a key`, 'Choose another name.', here);
    const found = findUnsafeJson(inner, family, here, depth + 1);
    if (found) return found;
  }
  return undefined;
}
