import type { Vars, Why } from '../contract/index.js';
import type { ProgramNode } from '../flow/program.js';
import type { LiveFlowFrame, LiveFrame, LiveRun } from './live-run.js';
import { closeOffer } from './offer.js';
import { endRun, failRun } from './runs.js';
import type { Task } from './task.js';
import type { Work } from './work.js';

/** Ends the flow or dialog on top of a run with its outputs. The caller goes on; if there is none, the run has completed. */
export function popFrame(work: Work, run: LiveRun, outputs: Vars): Task | undefined {
  const below = run.stack.at(-2);
  if (!below) {
    endRun(work, run, 'completed');
    return undefined;
  }
  run.stack.pop();
  if (below.kind === 'dialog' || below.wait?.for !== 'return') return { kind: 'continue', run };
  return { kind: 'resume', run, frame: below, event: { type: 'returned', outputs } };
}

/** Fails the flow or dialog on top of a run. The calling flow hears of it and may have a way out; if there is none, the run fails. */
export function failFrame(work: Work, run: LiveRun, why: Why): Task | undefined {
  const { code, reason } = why;
  const below = run.stack.at(-2);
  if (below?.kind !== 'flow' || below.wait?.for !== 'return') {
    failRun(work, run, why);
    return undefined;
  }
  endWait(run, run.stack.pop());
  return { kind: 'resume', run, frame: below, event: { type: 'returned', why: { code, reason } } };
}

/** Ends a frame's wait, and the run's offer with it if an answer was waited for. */
export function endWait(run: LiveRun, frame: LiveFrame | undefined): void {
  if (frame?.kind === 'dialog' || frame?.wait?.for === 'message') closeOffer(run);
  if (frame?.kind === 'flow') delete frame.wait;
}

/** Clears the node's memory when the run leaves it, unless the type sets `keepsMemory`. */
export function clearMemory(frame: LiveFlowFrame, node: ProgramNode): void {
  if (node.type.keepsMemory || !(node.id in frame.memory)) return;
  const { [node.id]: _, ...rest } = frame.memory;
  frame.memory = rest;
}
