/** A time such as `2026-11-24T09:30:00.000Z`: always in UTC and with three decimals, so that it sorts as text. */
export type IsoTime = string;

/** A length of time as written in flow files. At most 30 days. */
export interface Duration {
  readonly value: number;
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days';
}

/** The only source of time outside of the engine. Tests set it by hand. */
export interface Clock {
  /** Returns the wall time, which people and providers mean, and which is stored. It may be set forwards and back. */
  now(): IsoTime;
  /** Returns milliseconds that never go back, to measure how long something takes. Only comparable within one process. */
  monotonic(): number;
  /** Calls once, `millis` from now. Returns a function that cancels the call. Does not keep the process alive. */
  after(millis: number, call: () => void): () => void;
}

const UNITS = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/** Returns a duration in milliseconds. */
export function durationMillis(duration: Duration): number {
  return Math.round(duration.value * UNITS[duration.unit]);
}

/** Returns the milliseconds from 1970 to a time. */
export function millisOf(time: IsoTime): number {
  // biome-ignore lint/style/noRestrictedGlobals: reads the time given
  return Date.parse(time);
}

/** Returns the time that is so many milliseconds after 1970. Throws a RangeError for what no calendar reaches. */
export function isoTimeAt(millis: number): IsoTime {
  // biome-ignore lint/style/noRestrictedGlobals: writes the time given
  return new Date(millis).toISOString();
}

/** Returns `time` moved by `millis`, which may be negative. */
export function plusMillis(time: IsoTime, millis: number): IsoTime {
  return isoTimeAt(millisOf(time) + millis);
}
