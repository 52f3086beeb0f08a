import type { Said } from './count.js';

/** Somebody who writes to a host, or is written to. */
export interface Person {
  readonly address: string;
  /** The person's identities, as hosts know them. */
  readonly identities: readonly string[];
  readonly said: readonly Said[];
  /** The number of replies to accepted messages that have not come yet. */
  readonly missing: number;
}
