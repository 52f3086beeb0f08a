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
