import type { IsoTime } from '../time.js';

/** What is kept only for some time. `forgotten`: the ids of people who were forgotten, and what a crash may have left of them. */
export type Prunable = 'turns' | 'results' | 'deliveries' | 'starts' | 'forgotten' | 'signIns' | 'media';
export const PRUNABLE: readonly Prunable[] = ['turns', 'results', 'deliveries', 'starts', 'forgotten', 'signIns', 'media'];

export interface RetentionStore {
  /**
   * Removes rows older than `before`, oldest first, about five hundred at most. Returns true if there may be more. A turn is only removed if
   * no later turn needs it in order to be computed again: turns before the first turn of a run, or up to one that left nothing running. A
   * sign-in is as old as its end.
   */
  prune(what: Prunable, before: IsoTime): Promise<boolean>;
}
