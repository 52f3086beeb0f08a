import { CallError, type Json, type JsonObject } from '../contract/index.js';

/** Values by the names under which flows know them. */
export type Secrets = Readonly<Record<string, string>>;

/**
 * Puts secrets in the place of their names: `{ $sealed: ['Bearer ', { secret: 'CRM' }] }` becomes one text. What stands in `$plain` came
 * from outside and is not looked into. `used` is what must not be seen in the answer.
 */
export function unseal(input: Json, secrets: Secrets): { readonly value: Json; readonly used: readonly string[] } {
  const used = new Set<string>();
  const open = (part: Json): string => {
    if (part === null || typeof part !== 'object') return String(part ?? '');
    const name = 'secret' in part ? String(part['secret']) : '';
    const secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
    if (secret === undefined) throw new CallError('call/no-secret', `there is no secret "${name}": set PARLEY_SECRET_${name}`);
    used.add(secret);
    return secret;
  };
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== 'object') return value;
    const object = value as JsonObject;
    if (Array.isArray(object['$sealed'])) return object['$sealed'].map(open).join('');
    if (object['$plain'] !== undefined) return object['$plain'];
    return Object.fromEntries(Object.entries(object).map(([key, one]) => [key, walk(one ?? null)]));
  };
  return { value: walk(input), used: [...used] };
}

/**
 * An answer may repeat what it was asked with: a secret in it is not stored, nor as it travels in an address, in JSON or in basic
 * authentication. Very short ones would blacken everything.
 */
export function blacken(value: Json, used: readonly string[]): Json {
  const long = used.filter((secret) => secret.length >= SHORTEST);
  if (long.length === 0) return value;
  const shapes = [...new Set(long.flatMap(shapesOf))].sort((a, b) => b.length - a.length);
  const walk = (one: Json): Json => {
    if (typeof one === 'string') return shapes.reduce((text, shape) => text.replaceAll(shape, '***'), one);
    if (typeof one === 'number') return long.includes(String(one)) ? '***' : one;
    if (Array.isArray(one)) return one.map(walk);
    if (one === null || typeof one !== 'object') return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [walk(key) as string, walk(inner ?? null)]));
  };
  return walk(value);
}

const SHORTEST = 4;
/** Shorter pieces of base64 stand in many a text by chance. */
const SHORTEST_BASE64 = 8;

function shapesOf(secret: string): readonly string[] {
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  return [secret, encodeURI(secret), encodeURIComponent(secret), form, JSON.stringify(secret).slice(1, -1), ...base64Of(secret)];
}

/** What is surely seen of it in base64, wherever it stands in what was encoded: three bytes make four characters (RFC 4648, 4). */
function base64Of(secret: string): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const [from, to] = [Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6)];
    const shapes = (['base64', 'base64url'] as const).map((encoding) => bytes.toString(encoding).slice(from, to));
    return shapes.filter(({ length }) => length >= SHORTEST_BASE64);
  });
}
