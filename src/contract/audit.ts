import type { Role } from './api-key.js';
import type { Json } from './json.js';
import type { IsoTime } from './time.js';

/** A change that somebody made through the API: who, what, and how it was before and after. Never holds a secret. */
export interface AuditEntry {
  /** Grows with time. */
  readonly id: string;
  readonly at: IsoTime;
  readonly by: { readonly id: string; readonly name: string; readonly role: Role };
  /** `flow.publish`. */
  readonly action: string;
  /** `flow:welcome`. */
  readonly target: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** Kept for good: retention leaves it alone. */
export interface AuditStore {
  /** Harmless when done again: the first entry of an id stays. */
  add(entry: AuditEntry): Promise<void>;
  /** Newest first; `after` is the id of the last item of the page before. */
  list(query: { readonly after?: string; readonly limit: number; readonly target?: string }): Promise<readonly AuditEntry[]>;
}
