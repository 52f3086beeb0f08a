import { randomBytes } from 'node:crypto';
import type { IsoTime } from '../contract/index.js';

/** Tells ids of this process from those of others; a counter tells them from each other. */
const processId = randomBytes(6).toString('hex');
let made = 0;

/** Makes the id of a session. Ids sort by the time when they were made, and hold no dot. Made for every message, so it must be cheap. */
export function newSessionId(now: IsoTime): string {
  return newId('s', now);
}

/** Makes the id of a run that a system starts. It is known before the turn, so that a repeated start means the same run. */
export function newRunId(now: IsoTime): string {
  return newId('r', now);
}

/** Makes the id of an API key. */
export function newKeyId(now: IsoTime): string {
  return newId('k', now);
}

/** Makes the id of an operator's command. */
export function newCommandId(now: IsoTime): string {
  return newId('c', now);
}

/** Makes the id of an entry of the audit log. */
export function newAuditId(now: IsoTime): string {
  return newId('a', now);
}

function newId(letter: string, now: IsoTime): string {
  made += 1;
  return `${letter}${Date.parse(now).toString(36).padStart(9, '0')}${processId}${made.toString(36).padStart(6, '0')}`;
}
