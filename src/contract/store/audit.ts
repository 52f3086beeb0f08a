import type { Json } from '../json.js';
import type { IsoTime } from '../time.js';
import type { Role } from './keys.js';

/** A change made through the API: who made it, what it was, and the values before and after. Never contains a secret. */
export interface AuditEntry {
  /** Grows with time. */
  readonly id: string;
  readonly at: IsoTime;
  readonly by: { readonly id: string; readonly name: string; readonly role: Role };
  /** Such as `flow.publish`. */
  readonly action: string;
  /** Such as `flow:welcome`. */
  readonly target: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** The audit log. Entries are kept forever; retention does not apply. */
export interface AuditStore {
  /** Adds an entry. Idempotent: the first entry with an id stays. */
  add(entry: AuditEntry): Promise<void>;
  /** Lists entries, newest first. `after` is the id of the last entry of the previous page. */
  list(query: { readonly after?: string; readonly limit: number; readonly target?: string }): Promise<readonly AuditEntry[]>;
}
