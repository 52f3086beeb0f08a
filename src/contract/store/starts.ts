import type { Json } from '../json.js';
import type { IsoTime } from '../time.js';

/** A start with a `uuid`, stored so that a repeated request gets the same response. */
export interface KnownStart {
  /** `<flow>:<uuid>`. */
  readonly key: string;
  /** The hash of data, contact and channel. Another body with the same uuid is refused. */
  readonly hash: string;
  readonly session: string;
  readonly run: string;
  /** When it was requested first. */
  readonly at: IsoTime;
  /** The response, added after the turn. A repeated request that finds none continues with the turn. */
  readonly answer?: Json;
}

export interface StartStore {
  get(key: string): Promise<KnownStart | undefined>;
  /** Stores a start unless its key exists. Returns the stored one, and whether it is this one. */
  putIfAbsent(start: KnownStart): Promise<{ readonly start: KnownStart; readonly isNew: boolean }>;
  /** Adds the response, and the session that took the start: the contact may have been merged or forgotten meanwhile. */
  answer(key: string, answer: Json, session: string): Promise<void>;
  /** Removes a refused start, if its run is still this one: the key may have been used again. */
  remove(key: string, run: string): Promise<void>;
  /** Removes all starts of a session, with their responses. Idempotent. */
  forget(sessionId: string): Promise<void>;
}
