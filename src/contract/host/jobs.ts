import type { IsoTime } from '../time.js';

/** Schedules looks for work. A look reads the store to find out what there is to do, so a look without a result is harmless. */
export interface Jobs {
  /**
   * Calls `run` every `every` milliseconds, and when `soon` asks for it; never twice at once. If it throws, the error is logged and the look
   * is repeated. A long look should end early when `stopping` is aborted.
   */
  look(name: JobName, every: number, run: (stopping: AbortSignal) => Promise<void>): void;
  /** Looks at this time at the latest. Default: at once. */
  soon(name: JobName, at?: IsoTime): void;
  /** Stops all looks. Resolves when the last one has ended. */
  stop(): Promise<void>;
}
/**
 * `upgrade`: rows of an earlier release. `wakes`: waits whose time is over. `effects`: sends and calls that are due. `online`: flows published by other hosts. `retention`: rows
 * that are too old. `media`: files that people have sent. `degraded`: flows that cannot run on this host.
 */
export type JobName = 'media' | 'degraded' | 'upgrade' | 'wakes' | 'effects' | 'online' | 'retention';
