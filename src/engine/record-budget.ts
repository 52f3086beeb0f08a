import { BUDGET, type Json } from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import type { Work } from './work.js';

/** Characters kept free for what cannot be refused, such as an incoming message or a flow's `onError`. */
const RESERVE = 64_000;

/** Returns whether the record would be too large with `added` more characters. `reserve`: how many characters must stay free. */
export function isRecordFull(work: Work, added: number, reserve = RESERVE): boolean {
  const max = BUDGET.record - reserve;
  work.recordSize ??= sizeOf(work);
  work.recordSize += added;
  if (work.recordSize <= max) return false;
  // The sum still counts what was replaced or has ended. Near the limit, the record is measured again.
  work.recordSize = sizeOf(work) + added;
  return work.recordSize > max;
}

export const RECORD_FULL = `the person's record is larger than ${BUDGET.record} characters`;

/** Returns the size of the state and of all waiting effects, in characters of JSON. */
function sizeOf({ contact, channels, runs, held, links, effects, input }: Work): number {
  const state = { contact, channels, runs, held, links } as unknown as Json;
  const sent = effects.filter(({ skipped }) => !skipped) as unknown as Json;
  return jsonSize(state) + jsonSize(sent) + (input.waitingSize ?? 0);
}
