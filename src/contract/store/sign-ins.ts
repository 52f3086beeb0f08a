import type { IsoTime } from '../time.js';

/** A browser that is signed in with a key. Its cookie is not stored, only a hash of it. */
export interface SignIn {
  readonly hash: string;
  /** The id of the key; `admin` for the admin's. */
  readonly key: string;
  readonly createdAt: IsoTime;
  /** When it expires unless it is extended. */
  readonly until: IsoTime;
}

export interface SignInStore {
  create(signIn: SignIn): Promise<void>;
  /** Finds a sign-in by its hash, also an expired one that was not removed yet. */
  find(hash: string): Promise<SignIn | undefined>;
  /** Lets a sign-in expire later. Does nothing if it does not exist. */
  extend(hash: string, until: IsoTime): Promise<void>;
  /** Removes a sign-in, if it exists. */
  remove(hash: string): Promise<void>;
  /** Removes all sign-ins with a key. */
  removeOf(key: string): Promise<void>;
}
