import type { Json, JsonObject } from '../../contract/index.js';
import { isObject } from '../../contract/json/json-members.js';

/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const OF_ONE: readonly string[] = ['items', 'additionalProperties', 'propertyNames', 'if', 'then', 'else', 'not'];
const OF_LIST: readonly string[] = ['anyOf', 'allOf', 'oneOf'];
const BY_NAME: readonly string[] = ['properties', 'patternProperties', 'dependentSchemas', '$defs'];

/** The length in characters from which a repeated schema is moved to `$defs`. */
const MIN_LENGTH = 250;

/**
 * Moves schemas that are repeated to `$defs`, so that a document in which ten node types have a message describes messages once. Titles,
 * descriptions and defaults stay where they are, beside the reference.
 */
export function shareRepeated(document: JsonObject): JsonObject {
  const repeated = repeatedIn(document);
  const definitions: Record<string, JsonObject> = {};
  const names = new Map<string, string>();
  /** `near` is the title of the schema or of the nearest one around it. */
  const share = (schema: JsonObject, near: string): JsonObject => {
    const { words, key, own } = parted(schema);
    const title = typeof words['title'] === 'string' ? words['title'] : near;
    const within = (part: JsonObject) => share(part, title);
    if (!repeated.has(key)) return mapSchemas(schema, within);
    let name = names.get(key);
    if (name === undefined) {
      name = freeName(title, definitions);
      names.set(key, name);
      // Set before it is made, so that names are given from the outside in.
      definitions[name] = {};
      definitions[name] = mapSchemas(own, within);
    }
    return { ...words, $ref: `#/$defs/${name}` };
  };
  const { $defs, ...made } = mapSchemas(document, (part) => share(part, 'part'));
  return { ...made, $defs: { ...($defs as JsonObject), ...definitions } };
}

/** Returns the schemas that occur twice or more, each counted once inside of another that is repeated. */
function repeatedIn(document: JsonObject): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const count = (schema: JsonObject): JsonObject => {
    const { key } = parted(schema);
    const times = (counts.get(key) ?? 0) + 1;
    counts.set(key, times);
    if (times === 1 || key.length < MIN_LENGTH) mapSchemas(schema, count);
    return schema;
  };
  mapSchemas(document, count);
  return new Set([...counts].flatMap(([key, times]) => (times > 1 && key.length >= MIN_LENGTH ? [key] : [])));
}

/** Parts a schema into the words about its use and what it demands. `key` is the same for schemas that demand the same. */
function parted(schema: JsonObject): { readonly words: JsonObject; readonly own: JsonObject; readonly key: string } {
  const { title, description, default: standard, ...own } = schema;
  const words = Object.entries({ title, description, default: standard }).filter(([, value]) => value !== undefined);
  return { words: Object.fromEntries(words) as JsonObject, own, key: JSON.stringify(own) };
}

function freeName(title: string, taken: JsonObject): string {
  const name = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const numbered = [name, ...Array.from({ length: Object.keys(taken).length + 1 }, (_, i) => `${name}-${i + 2}`)];
  return numbered.find((one) => taken[one] === undefined) ?? name;
}

/** Returns a schema whose direct parts are changed. */
function mapSchemas(schema: JsonObject, change: (part: JsonObject) => JsonObject): JsonObject {
  const changed = (part: Json | undefined): Json => (isObject(part) ? change(part as JsonObject) : (part ?? null));
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]): [string, Json] => {
      if (OF_ONE.includes(keyword)) return [keyword, changed(value)];
      if (OF_LIST.includes(keyword) && Array.isArray(value)) return [keyword, value.map(changed)];
      if (!BY_NAME.includes(keyword) || !isObject(value)) return [keyword, value ?? null];
      return [keyword, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, changed(part)]))];
    }),
  );
}
