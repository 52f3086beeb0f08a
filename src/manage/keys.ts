import { randomBytes } from 'node:crypto';
import type { Clock } from '../contract/index.js';
import type { ApiKey, Role, Store } from '../contract/store/index.js';
import { newKeyId } from '../people/new-id.js';
import type { Caller } from './caller.js';
import { hashOfKey } from './find-caller.js';
import type { Outcome } from './outcome.js';
import { mapPage, type Page, type PageRequest, pageOf } from './page.js';

export interface KeyParts {
  readonly store: Pick<Store, 'keys' | 'signIns'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** A key as it is shown: without its hash. */
type ShownKey = Omit<ApiKey, 'hash'>;

export interface NewKey {
  readonly name: string;
  readonly role: Role;
  /** The only flows that a key of role `trigger` may start; absent: all of them. */
  readonly flows?: readonly string[];
}

/** Creates a key. Its secret is in the answer only: what is stored is its hash. */
export async function createKey(
  { store, clock }: KeyParts,
  _caller: Caller,
  { name, role, flows }: NewKey,
): Promise<Outcome<ShownKey & { readonly key: string }>> {
  if (flows && role !== 'trigger')
    return {
      refused: 'key/no-flows',
      problems: [
        {
          pointer: '/flows',
          code: 'key/no-flows',
          message: `a key of role ${role} cannot be bound to flows`,
          hint: 'Remove "flows", or create a key of role trigger.',
          severity: 'error',
        },
      ],
    };
  const secret = `pk_${randomBytes(24).toString('hex')}`;
  const now = clock.now();
  const key: ApiKey = { id: newKeyId(now), name, role, ...(flows ? { flows } : {}), hash: hashOfKey(secret), createdAt: now };
  await store.keys.create(key);
  return { done: { ...shown(key), key: secret }, changed: { action: 'key.create', target: `key:${key.id}`, after: shown(key) } };
}

/** Lists keys, without their secrets. */
export async function listKeys({ store }: Pick<KeyParts, 'store'>, _caller: Caller, page: PageRequest): Promise<Outcome<Page<ShownKey>>> {
  const found = await store.keys.list({ ...page, limit: page.limit + 1 });
  return {
    done: mapPage(
      pageOf(found, page.limit, ({ id }) => id),
      shown,
    ),
  };
}

/** Revokes a key, which ends its use at once, and all sign-ins with it. */
export async function revokeKey(
  { store }: Pick<KeyParts, 'store'>,
  _caller: Caller,
  { id }: { readonly id: string },
): Promise<Outcome<undefined>> {
  if (!(await store.keys.remove(id))) return { refused: 'key/none' };
  await store.signIns.removeOf(id);
  return { done: undefined, changed: { action: 'key.revoke', target: `key:${id}` } };
}

function shown({ hash: _, ...key }: ApiKey): ShownKey {
  return key;
}
