import type { IsoTime } from './time.js';

/** What is kept for some time only. `forgotten`: the ids of people who were forgotten, and whatever a crash has left of them. */
export type Prunable = 'turns' | 'results' | 'deliveries' | 'starts' | 'forgotten';
export const PRUNABLE: readonly Prunable[] = ['turns', 'results', 'deliveries', 'starts', 'forgotten'];

export interface RetentionStore {
  /**
   * Removes what is older than `before`, oldest first, at most some five hundred rows; true where there may be more. Of turns only those
   * that nothing later needs in order to be computed again: before the first turn of a run, or up to one that left nothing running.
   */
  prune(what: Prunable, before: IsoTime): Promise<boolean>;
}
