import type { RE2JS } from 're2js';
import { loadRe2 } from './load-later.js';
import { seenBy } from './seen-by.js';

/** In characters. */
const MAX_LENGTH = 500;
/** Instructions of a compiled pattern: matching takes about 20 ns for each of them and each character of the text. */
const MAX_SIZE = 1_000;

/** Returns a regular expression that runs in linear time, or what is wrong with it: RE2 refuses it, or it is too large. */
export function readPattern(source: string): { readonly pattern: RE2JS } | { readonly mistake: string } {
  if (source.length > MAX_LENGTH) return { mistake: `the regular expression is longer than ${MAX_LENGTH} characters` };
  // Checked before it is compiled, because compiling a large one takes long.
  if (sizeOf(source) > MAX_SIZE) return { mistake: 'the repetitions in the regular expression make it too large' };
  try {
    return { pattern: compilePattern(source) };
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) };
  }
}

/** Compiles a regular expression that has passed the check. Throws if it is not valid. */
export function compilePattern(source: string): RE2JS {
  return loadRe2().compile(source);
}

/** Tests texts against regular expressions. */
export interface Patterns {
  /** Returns true if the pattern matches the whole text, or with `anywhere` a part of it. False for a pattern that `readPattern` refuses. */
  matches(pattern: string, text: string, where?: 'whole' | 'anywhere'): boolean;
  /** Returns the first part of a text that matches, and its groups, empty if they are not part of it. Undefined if there is none. */
  find(pattern: string, text: string): readonly string[] | undefined;
}

/** A hundred large patterns hold 90 MB. */
const MAX_KEPT = 100;

/** Makes a memory of compiled patterns. */
export function createPatterns(): Patterns {
  const kept = new Map<string, RE2JS>();
  function compiled(source: string): RE2JS | undefined {
    const known = kept.get(source);
    if (known) return known;
    const read = readPattern(source);
    if ('mistake' in read) return undefined;
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(source, read.pattern);
    return read.pattern;
  }
  return {
    matches(source, text, where = 'whole') {
      const pattern = compiled(source);
      if (!pattern) return false;
      const seen = seenBy(text);
      return where === 'whole' ? pattern.matches(seen) : pattern.matcher(seen).find();
    },
    find(source, text) {
      const pattern = compiled(source);
      return pattern && findPattern(pattern, text);
    },
  };
}

/** Returns the first part of a text that matches, and its groups; undefined if there is none. */
export function findPattern(pattern: RE2JS, text: string): readonly string[] | undefined {
  const matcher = pattern.matcher(seenBy(text));
  if (!matcher.find()) return undefined;
  return Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i) ?? '');
}

/** Estimates the instructions of a compiled pattern: one for each character, repeated as often as `{n,m}` says. */
function sizeOf(source: string): number {
  const open: { size: number; last: number }[] = [];
  let here = { size: 0, last: 0 };
  const add = (size: number) => {
    here.size += size;
    here.last = size;
  };
  for (let at = 0; at < source.length; at += 1) {
    const sign = source.charAt(at);
    if (sign === '\\') {
      at += 1;
      add(1);
    } else if (sign === '(') {
      open.push(here);
      here = { size: 0, last: 0 };
    } else if (sign === ')') {
      const inner = here.size + 2;
      here = open.pop() ?? { size: 0, last: 0 };
      add(inner);
    } else if (sign === '{') {
      const [whole = '{', min = '0', max = ''] = /^\{(\d{1,4})(?:,(\d{0,4}))?\}/.exec(source.slice(at, at + 12)) ?? [];
      const times = Math.max(Number(min), Number(max), 1);
      here.size += here.last * (times - 1);
      here.last *= times;
      at += whole.length - 1;
    } else add(1);
  }
  return open.reduce((sum, { size }) => sum + size, here.size);
}
