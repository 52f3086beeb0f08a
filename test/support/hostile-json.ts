/** A JSON text that a caller with bad intentions might send, and what is done in it. */
export interface HostileText {
  readonly what: string;
  readonly text: string;
}

/** What is put in the place of a value, as JSON text: some of it cannot be written down by `JSON.stringify`. */
const IN_PLACE: readonly (readonly [what: string, text: string])[] = [
  ['$ne', '{"$ne":null}'],
  ['$gt', '{"$gt":""}'],
  ['$where', '{"$where":"sleep(10000)"}'],
  ['$regex', '[{"$regex":"^(a+)+$"}]'],
  ['$expr', '{"$expr":{"$function":{"body":"function() { return true }","args":[],"lang":"js"}}}'],
  ['__proto__', '{"__proto__":{"polluted":true}}'],
  ['constructor', '{"constructor":{"prototype":{"polluted":true}}}'],
  ['an object that plays a text', '{"length":3,"toString":1,"valueOf":1,"toJSON":1}'],
  ['a thousand levels', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`],
  ['NUL', '"a\\u0000b"'],
  ['half a sign', '"\\ud800"'],
  ['1e400', '1e400'],
  ['-1e400', '-1e400'],
  ['1e300', '1e300'],
  ['a fraction', '-0.1'],
  ['null', 'null'],
  ['a list', '[[],{}]'],
  ['a long text', `"${'x'.repeat(70_000)}"`],
];
/** Members that are added to an object. */
const ADDED: readonly (readonly [what: string, text: string])[] = [
  ['__proto__ beside', '"__proto__":{"polluted":true,"role":"admin"}'],
  ['constructor beside', '"constructor":{"prototype":{"polluted":true}}'],
  ['an operator beside', '"$where":"sleep(10000)"'],
  ['a path of an operator beside', '"a.$[].b":1'],
  ['NUL in a name', '"a\\u0000b":1'],
  ['half a sign as a name', '"\\udfff":1'],
];
const HOLE = '@@here@@';

/** Every member of the value in turn, the value itself too, in every bad way. */
export function hostileTexts(value: unknown): readonly HostileText[] {
  const pointers = pointersIn(value);
  return [
    ...pointers.flatMap((pointer) =>
      IN_PLACE.map(([what, text]) => ({
        what: `${what} at ${pointer.join('/') || 'the top'}`,
        text: JSON.stringify(withAt(value, pointer, HOLE)).replace(`"${HOLE}"`, () => text),
      })),
    ),
    ...pointers.flatMap((pointer) => {
      const there = at(value, pointer);
      if (there === null || typeof there !== 'object' || Array.isArray(there)) return [];
      return ADDED.map(([what, text]) => ({
        what: `${what} at ${pointer.join('/') || 'the top'}`,
        text: JSON.stringify(withAt(value, pointer, { ...there, [HOLE]: 0 })).replace(`"${HOLE}":0`, () => text),
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
