import type { Problem } from '../contract/index.js';
import { MAX_LEVELS } from '../contract/json/levels.js';

/** Members of one object: nobody writes so many by hand, and each that is wrong is a problem of its own. */
const WIDEST = 5_000;
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const CODES = {
  flow: { deep: 'flow/too-deep', key: 'flow/forbidden-key', number: 'flow/endless-number', wide: 'flow/too-large' },
  body: { deep: 'body/too-deep', key: 'body/forbidden-key', number: 'body/endless-number', wide: 'body/too-large' },
} as const;

/**
 * Where JSON is too deep to walk, has an object that is too large, keys that reach for an object's prototype, or a number that no double holds (`1e400`, which each
 * store would keep as something else); the first such place. `family` begins its code.
 */
export function findUnsafeJson(value: unknown, family: keyof typeof CODES, pointer = '', depth = 0): Problem | undefined {
  if (typeof value === 'number' && !Number.isFinite(value))
    return {
      pointer,
      code: CODES[family].number,
      message: 'larger than any number can be kept',
      hint: 'Write it as text.',
      severity: 'error',
    };
  if (value === null || typeof value !== 'object') return undefined;
  if (depth > MAX_LEVELS)
    return {
      pointer,
      code: CODES[family].deep,
      message: `nested more than ${MAX_LEVELS} levels deep`,
      hint: 'Flatten what stands here.',
      severity: 'error',
    };
  const members = Object.entries(value);
  if (members.length > WIDEST && !Array.isArray(value))
    return {
      pointer,
      code: CODES[family].wide,
      message: `an object of ${members.length} members; it may have ${WIDEST}`,
      hint: 'Make a list of them, or several objects.',
      severity: 'error',
    };
  for (const [key, inner] of members) {
    const here = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (FORBIDDEN_KEYS.has(key))
      return {
        pointer: here,
        code: CODES[family].key,
        message: `"${key}" may not be a key`,
        hint: 'Choose another name.',
        severity: 'error',
      };
    const foul = findUnsafeJson(inner, family, here, depth + 1);
    if (foul) return foul;
  }
  return undefined;
}
