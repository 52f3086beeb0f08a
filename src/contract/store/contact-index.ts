import type { ContactFilter } from '../contact-filter.js';
import type { PageQuery } from './page-query.js';
import type { SessionView } from './session-view.js';

/** A group that somebody is in. */
export interface GroupSize {
  readonly code: string;
  /** How many contacts are in it. */
  readonly members: number;
}

/**
 * Finds contacts by what is known of them. Merged contacts are not in it. Both return undefined until the contacts of an earlier release are in
 * it, and while it cannot keep up with what is written: then all sessions have to be read.
 */
export interface ContactIndex {
  /**
   * Lists at most `limit` sessions, in the order of their ids, among which are all of contacts that fit. A few that do not fit may be among
   * them. If there are fewer than `limit`, there are no more.
   */
  findContacts(query: ContactFilter & PageQuery): Promise<readonly SessionView[] | undefined>;
  /** Lists groups by their codes. */
  countGroups(query: PageQuery): Promise<readonly GroupSize[] | undefined>;
}
