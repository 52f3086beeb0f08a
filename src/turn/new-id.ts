import { randomBytes } from 'node:crypto';
import type { IsoTime } from '../contract/index.js';

/** A session's id: 48 bits of time, then chance, in letters that sort as they were made and hold no dot. */
export function newSessionId(now: IsoTime): string {
  return `s${Date.parse(now).toString(36).padStart(9, '0')}${randomBytes(8).toString('hex')}`;
}
