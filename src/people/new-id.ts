import { randomBytes } from 'node:crypto';
import type { IsoTime } from '../contract/index.js';

/** Of this process alone; the count behind it tells its sessions apart. */
const chance = randomBytes(6).toString('hex');
let made = 0;

/** A session's id: the time, then chance, in letters that sort as they were made and hold no dot. Asked for with every message, so it is cheap. */
export function newSessionId(now: IsoTime): string {
  return newId('s', now);
}

/** The id of a run that a system asks for: known before its turn, so that a repeat means the same run. */
export function newRunId(now: IsoTime): string {
  return newId('r', now);
}

/** Of a key of the API. */
export function newKeyId(now: IsoTime): string {
  return newId('k', now);
}

/** Of the event that an operator's command becomes. */
export function newCommandId(now: IsoTime): string {
  return newId('c', now);
}

/** Of an entry of the audit. */
export function newAuditId(now: IsoTime): string {
  return newId('a', now);
}

function newId(letter: string, now: IsoTime): string {
  made += 1;
  return `${letter}${Date.parse(now).toString(36).padStart(9, '0')}${chance}${made.toString(36).padStart(6, '0')}`;
}
