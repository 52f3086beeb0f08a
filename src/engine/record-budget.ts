import { BUDGET, type Json } from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import type { Work } from './work.js';

/** Kept free for what nobody can refuse: a message that comes in, a last word. */
const RESERVE = 64_000;

/** Would the record be larger than it may with so many more characters? `least`: how much of it is to stay free. */
export function isRecordFull(work: Work, added: number, least = RESERVE): boolean {
  const most = BUDGET.record - least;
  work.recordSize ??= sizeOf(work);
  work.recordSize += added;
  if (work.recordSize <= most) return false;
  // What was replaced, and what has ended, no longer counts: near the limit it is looked at.
  work.recordSize = sizeOf(work) + added;
  return work.recordSize > most;
}

export const RECORD_FULL = `what is kept of the person is larger than ${BUDGET.record} characters`;

/** In characters of JSON: the state as it is by now, and all effects that wait. */
function sizeOf({ contact, channels, runs, held, links, effects, input }: Work): number {
  const state = { contact, channels, runs, held, links } as unknown as Json;
  const sent = effects.filter(({ skipped }) => !skipped) as unknown as Json;
  return jsonSize(state) + jsonSize(sent) + (input.waitingSize ?? 0);
}
