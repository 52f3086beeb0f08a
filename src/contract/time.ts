/** A moment as `2026-11-24T09:30:00.000Z`: always UTC and three decimals, so that text order is time order. */
export type IsoTime = string;

/** A length of time as flow files write it; at most 30 days. */
export interface Duration {
  readonly value: number;
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days';
}

/** The only source of time for everything outside the engine; tests turn it by hand. */
export interface Clock {
  /** Wall time: what people and providers mean, and what is stored. Somebody may set it, forwards and back. */
  now(): IsoTime;
  /** Milliseconds that never go back, for how long something takes. They count from no moment in particular, and in this process alone. */
  monotonic(): number;
  /** Calls once, `millis` from now; the answer cancels it. Never keeps the process alive by itself. */
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
