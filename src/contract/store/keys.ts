import type { FlowCode } from '../flow.js';
import type { IsoTime } from '../time.js';

/**
 * What a key may do. `admin`: everything. `editor`: change flows and sessions, and read. `viewer`: read. `trigger`: only start flows, and
 * only some of them if the key is bound to flows.
 */
export type Role = 'admin' | 'editor' | 'viewer' | 'trigger';

/** An API key. The key itself is not stored, only its hash. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly flows?: readonly FlowCode[];
  /** The SHA-256 hash of the key, in hex. */
  readonly hash: string;
  readonly createdAt: IsoTime;
  readonly lastUsedAt?: IsoTime;
}

export interface KeyStore {
  create(key: ApiKey): Promise<void>;
  /** Lists keys, oldest first. Ids grow with time. */
  list(query: { readonly after?: string; readonly limit: number }): Promise<readonly ApiKey[]>;
  find(id: string): Promise<ApiKey | undefined>;
  findByHash(hash: string): Promise<ApiKey | undefined>;
  /** Removes a key. Returns false if it does not exist. */
  remove(id: string): Promise<boolean>;
  /** Notes when a key was used last. */
  touch(id: string, at: IsoTime): Promise<void>;
}
