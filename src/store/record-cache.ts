import { LRUCache } from 'lru-cache';
import type { SessionRecord } from './session-record.js';

/** Records of sessions by id. The least recently used go first. */
export type RecordCache = LRUCache<string, SessionRecord>;

const MAX_RECORDS = 2_000;
/** Characters of all records together. */
const MAX_CHARACTERS = 32_000_000;

export function createRecordCache(max = MAX_RECORDS, maxSize = MAX_CHARACTERS): RecordCache {
  return new LRUCache({ max, maxSize, sizeCalculation: sizeOf });
}

/** Returns about how many characters a record holds. An effect is a message, and few are longer than what is counted for one. */
function sizeOf({ state, seen, effects }: SessionRecord): number {
  return state.length + 100 * seen.length + 2_000 * effects.length + 1;
}
