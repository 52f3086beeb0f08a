import type { FlowCode } from './flow.js';
import type { IsoTime } from './time.js';

/**
 * `admin`: everything. `editor`: flows, sessions, and reading. `viewer`: reading. `trigger`: the trigger endpoint alone, of some flows
 * if it is bound to them.
 */
export type Role = 'admin' | 'editor' | 'viewer' | 'trigger';

/** A key of the API, without its secret: only the hash is kept. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly flows?: readonly FlowCode[];
  /** SHA-256, as hex. */
  readonly hash: string;
  readonly createdAt: IsoTime;
  readonly lastUsedAt?: IsoTime;
}

export interface KeyStore {
  create(key: ApiKey): Promise<void>;
  /** Oldest first; ids grow with time. */
  list(query: { readonly after?: string; readonly limit: number }): Promise<readonly ApiKey[]>;
  findByHash(hash: string): Promise<ApiKey | undefined>;
  /** False when there is none. */
  remove(id: string): Promise<boolean>;
  touch(id: string, at: IsoTime): Promise<void>;
}
