import type { Identity } from '../message.js';

/** Finds people by their identities. A contact's id is also its session's id. Ids grow with time, so the smaller one is older. */
export interface ContactStore {
  /**
   * Returns the session of a sender, and assigns the identities to it. `fresh` is the id for a new person. Identities are claimed by unique
   * inserts in the given order; if another host is faster, they are read again. `others`: sessions of the same person under other
   * identities, which have to be merged.
   */
  resolve(
    identities: readonly Identity[],
    fresh: string,
  ): Promise<{ readonly session: string; readonly created: boolean; readonly others: readonly string[] }>;
  find(identity: Identity): Promise<string | undefined>;
  /** Returns the sessions of identities. Unknown identities are left out. */
  owners(identities: readonly Identity[]): Promise<ReadonlyMap<Identity, string>>;
  /** Moves those identities that belong to `from` to `to`. Idempotent. */
  give(identities: readonly Identity[], from: string, to: string): Promise<void>;
  /** Moves all identities of the loser to the winner. Idempotent. */
  move(loser: string, winner: string): Promise<void>;
  /** Removes all identities of a session. Idempotent. */
  forget(sessionId: string): Promise<void>;
}
