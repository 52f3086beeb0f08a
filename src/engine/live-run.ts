import type { DialogFrame, FlowFrame, Run } from '../contract/index.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A run while a turn is computed. The engine changes runs and their frames in place, which nobody outside sees before the turn is decided. */
export type LiveRun = Omit<Mutable<Run>, 'stack'> & { stack: LiveFrame[] };
export type LiveFrame = LiveFlowFrame | LiveDialogFrame;
export type LiveFlowFrame = Mutable<FlowFrame>;
export type LiveDialogFrame = Mutable<DialogFrame>;

/** Returns a copy of a stored run that may be changed. */
export function liveRun(run: Run): LiveRun {
  return { ...run, stack: run.stack.map((frame) => ({ ...frame })) };
}

/** Returns the flow or dialog that the run is in: the last one that was called. */
export function topOf(run: LiveRun): LiveFrame | undefined {
  return run.stack.at(-1);
}
