import type { IsoTime } from '../contract/index.js';

/** When every play begins. */
const BEGIN = Date.parse('2026-11-24T09:00:00.000Z');

/** Returns the time that is a number of seconds after the beginning. */
export function timeAt(seconds: number): IsoTime {
  return new Date(BEGIN + Math.round(seconds * 1000)).toISOString();
}

/** Returns how many seconds after the beginning a time is. */
export function secondsAt(time: IsoTime): number {
  return (Date.parse(time) - BEGIN) / 1000;
}
