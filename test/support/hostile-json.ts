/** A JSON text that a malicious caller might send, and what is bad about it. */
export interface HostileText {
  readonly what: string;
  readonly text: string;
}

/** Replacements for a value, as JSON text: some of them cannot be written by `JSON.stringify`. */
const REPLACEMENTS: readonly (readonly [what: string, text: string])[] = [
  ['$ne', '{"$ne":null}'],
  ['$gt', '{"$gt":""}'],
  ['$where', '{"$where":"sleep(10000)"}'],
  ['$regex', '[{"$regex":"^(a+)+$"}]'],
  ['$expr', '{"$expr":{"$function":{"body":"function() { return true }","args":[],"lang":"js"}}}'],
  ['__proto__', '{"__proto__":{"polluted":true}}'],
  ['constructor', '{"constructor":{"prototype":{"polluted":true}}}'],
  ['an object that looks like a string', '{"length":3,"toString":1,"valueOf":1,"toJSON":1}'],
  ['a thousand levels', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`],
  ['NUL', '"a\\u0000b"'],
  ['half a surrogate pair', '"\\ud800"'],
  ['1e400', '1e400'],
  ['-1e400', '-1e400'],
  ['1e300', '1e300'],
  ['a fraction', '-0.1'],
  ['null', 'null'],
  ['a list', '[[],{}]'],
  ['a long text', `"${'x'.repeat(70_000)}"`],
];
/** Members to add to an object. */
const ADDED: readonly (readonly [what: string, text: string])[] = [
  ['__proto__ beside', '"__proto__":{"polluted":true,"role":"admin"}'],
  ['constructor beside', '"constructor":{"prototype":{"polluted":true}}'],
  ['an operator beside', '"$where":"sleep(10000)"'],
  ['a path of an operator beside', '"a.$[].b":1'],
  ['NUL in a name', '"a\\u0000b":1'],
  ['half a surrogate pair as a name', '"\\udfff":1'],
];
const HOLE = '@@here@@';

/** Returns a text for each member of the value, and the value itself, in each bad way. */
export function hostileTexts(value: unknown): readonly HostileText[] {
  const pointers = pointersIn(value);
  return [
    ...pointers.flatMap((pointer) =>
      REPLACEMENTS.map(([what, text]) => ({
        what: `${what} at ${pointer.join('/') || 'the top'}`,
        text: JSON.stringify(withAt(value, pointer, HOLE)).replace(`"${HOLE}"`, () => text),
      })),
    ),
    ...pointers.flatMap((pointer) => {
      const object = at(value, pointer);
      if (object === null || typeof object !== 'object' || Array.isArray(object)) return [];
      return ADDED.map(([what, text]) => ({
        what: `${what} at ${pointer.join('/') || 'the top'}`,
        text: JSON.stringify(withAt(value, pointer, { ...object, [HOLE]: 0 })).replace(`"${HOLE}":0`, () => text),
      }));
    }),
  ];
}

function pointersIn(value: unknown, before: readonly string[] = []): readonly (readonly string[])[] {
  if (value === null || typeof value !== 'object') return [before];
  return [before, ...Object.entries(value).flatMap(([key, inner]) => pointersIn(inner, [...before, key]))];
}

function at(value: unknown, [key, ...rest]: readonly string[]): unknown {
  return key === undefined ? value : at((value as Readonly<Record<string, unknown>>)[key], rest);
}

function withAt(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value)) return value.map((one: unknown, index) => (String(index) === key ? withAt(one, rest, put) : one));
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [key]: withAt(object[key], rest, put) };
}
