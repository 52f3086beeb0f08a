import { createHash } from 'node:crypto';
import type { Clock } from '../contract/index.js';
import type { ApiKey, Store } from '../contract/store/index.js';
import type { Caller } from './caller.js';

export interface CallerParts {
  readonly store: Pick<Store, 'keys'>;
  readonly clock: Pick<Clock, 'now'>;
  /** SHA-256 of the admin's key, as hex. */
  readonly adminKeyHash: string;
}

const ADMIN: Caller = { id: 'admin', name: 'admin', role: 'admin' };
/** The last use of a key is stored at most once in this many milliseconds. */
const TOUCHED_EVERY = 60_000;

/** Returns the hash by which a key is known. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Finds the owner of a key by its hash. Keys are compared by their hashes, so that the time of a comparison reveals nothing of them. */
export async function callerByHash(parts: CallerParts, hash: string): Promise<Caller | undefined> {
  if (hash === parts.adminKeyHash) return ADMIN;
  return used(parts, await parts.store.keys.findByHash(hash));
}

/** Finds the owner of a key by its id. */
export async function callerById(parts: CallerParts, id: string): Promise<Caller | undefined> {
  if (id === ADMIN.id) return ADMIN;
  return used(parts, await parts.store.keys.find(id));
}

/** Notes that a key was used. */
function used({ store, clock }: CallerParts, key: ApiKey | undefined): Caller | undefined {
  if (key && isStale(key, clock.now())) void store.keys.touch(key.id, clock.now()).catch(() => {});
  return key;
}

function isStale({ lastUsedAt }: ApiKey, now: string): boolean {
  return lastUsedAt === undefined || Date.parse(now) - Date.parse(lastUsedAt) > TOUCHED_EVERY;
}
