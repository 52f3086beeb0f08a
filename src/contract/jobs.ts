import type { IsoTime } from './time.js';

/** When to look. Says where work may be, never what it is: the record is the truth, and a look in vain is harmless. */
export interface Jobs {
  /** `run` is called every `every` milliseconds and when asked for by `soon`; never twice at once. A throw is logged and tried again.
   * A long look ends early where `stopping` says so. */
  look(name: JobName, every: number, run: (stopping: AbortSignal) => Promise<void>): void;
  /** Look by then at the latest; without a time, at once. */
  soon(name: JobName, at?: IsoTime): void;
  /** No more looks; resolves when the last one has ended. */
  stop(): Promise<void>;
}
/**
 * `wakes`: waits that ran out. `effects`: sends and calls that are due. `online`: what was published by another host. `retention`: what
 * is too old.
 */
export type JobName = 'degraded' | 'wakes' | 'effects' | 'online' | 'retention';
