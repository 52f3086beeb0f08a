import type { Json } from './json.js';
import type { IsoTime } from './time.js';

/** A start that carries a `uuid`, kept so that a repeat answers as the first did. */
export interface KnownStart {
  /** `<flow>:<uuid>`. */
  readonly key: string;
  /** Of data, contact and channel: another body under one uuid is refused. */
  readonly hash: string;
  readonly session: string;
  readonly run: string;
  /** When it was asked for first. */
  readonly at: IsoTime;
  /** Added after the turn; a repeat that finds none goes on with the turn. */
  readonly answer?: Json;
}

export interface StartStore {
  get(key: string): Promise<KnownStart | undefined>;
  /** The first one stays; gives the one that is kept, and whether it is this one. */
  putIfAbsent(start: KnownStart): Promise<{ readonly start: KnownStart; readonly isNew: boolean }>;
  /** With the session where it was taken: a contact may have been merged or forgotten meanwhile. */
  answer(key: string, answer: Json, session: string): Promise<void>;
  /** A refused start is not remembered. Only this one: the same key may have begun anew since. */
  remove(key: string, run: string): Promise<void>;
  /** All starts of a session go, with their answers. Harmless when done again. */
  forget(sessionId: string): Promise<void>;
}
