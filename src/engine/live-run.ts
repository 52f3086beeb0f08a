import type { DialogFrame, FlowFrame, Run } from '../contract/index.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A run that may be changed in this turn, and its frames with it: a copy of the stored one, made by `edit`. */
export type LiveRun = Omit<Mutable<Run>, 'stack'> & { stack: LiveFrame[] };
export type LiveFrame = LiveFlowFrame | LiveDialogFrame;
export type LiveFlowFrame = Mutable<FlowFrame>;
export type LiveDialogFrame = Mutable<DialogFrame>;

/** Returns a copy of a stored run that may be changed. */
export function liveRun(run: Run): LiveRun {
  return { ...run, stack: run.stack.map((frame) => ({ ...frame })) };
}

/** Returns the flow or dialog that the run is in: the last one that was called. */
export function topOf<F>({ stack }: { readonly stack: readonly F[] }): F | undefined {
  return stack.at(-1);
}
