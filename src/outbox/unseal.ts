import { CallError, type Json, type JsonObject } from '../contract/index.js';

/** Secrets by the names that flows use. */
export type Secrets = Readonly<Record<string, string>>;

/**
 * Replaces names of secrets by the secrets: `{ $sealed: ['Bearer ', { secret: 'CRM' }] }` becomes one text. A value in `$plain` came from
 * outside and is left as it is. `used` are the secrets that must be redacted in the answer.
 *
 * @throws CallError `call/no-secret` if a secret is not set.
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
