/**
 * The script that the sandbox runs before the code. It keeps what it needs of the built-in objects, which the code may change, and returns
 * functions: `given` has what the code reads, `keep` makes JSON of what it has returned, `describe` says what it has thrown.
 *
 * `Math.random` is sfc32, a small generator of good quality: https://pracrand.sourceforge.net/RNG_engines.txt
 */
export const PRELUDE = `(function (text, seed, max) {
  'use strict';
  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const { String, Error } = globalThis;
  const cut = Function.prototype.call.bind(String.prototype.slice);
  const find = Function.prototype.call.bind(RegExp.prototype.exec);
  const place = /\\bcode:(\\d+)/;

  let [a, b, c, d] = [(seed * 4294967296) | 0, (seed * 4294967296 * 2097152) | 0, 0x9e3779b9 | 0, 1];
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i += 1) next();
  Math.random = { random: () => (next() * 2097152 + (next() >>> 11)) / 9007199254740992 }.random;

  return {
    given: parse(text),
    keep(result, names) {
      if (result === undefined || result === null) return '{}';
      if (typeof result !== 'object' || isArray(result)) return isArray(result) ? 'a list' : 'a ' + typeof result;
      const kept = { __proto__: null };
      for (const name of parse(names)) {
        const value = result[name];
        if (value !== undefined && typeof value !== 'function' && typeof value !== 'symbol') kept[name] = value;
      }
      const json = stringify(kept);
      return json.length > max ? 'more than ' + max + ' characters' : json;
    },
    describe(error) {
      try {
        const isError = error instanceof Error;
        const words = isError ? String(error.name) + ': ' + String(error.message) : String(error);
        const [, line] = (isError && find(place, cut(String(error.stack), 0, 10000))) || [];
        return (line ?? '') + '|' + cut(words, 0, 300);
      } catch {
        return '|something that cannot be shown';
      }
    },
  };
})`;
