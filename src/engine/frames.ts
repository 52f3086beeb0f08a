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
  const popped = run.stack.pop();
  if (below.kind === 'dialog') return { kind: 'callDialog', run, frame: below, event: work.input.event, returned: outputs };
  if (popped?.kind === 'dialog') clearInput(below);
  if (below.wait?.for !== 'return') return { kind: 'continue', run };
  return { kind: 'resume', run, frame: below, event: { type: 'returned', outputs } };
}

/**
 * Fails the flow or dialog on top of a run. The nearest flow that called it hears of it and may have a way out; dialogs in between fail as
 * well. If there is no such flow, the run fails.
 */
export function failFrame(work: Work, run: LiveRun, why: Why): Task | undefined {
  const { code, reason } = why;
  const depth = run.stack.findLastIndex(({ kind }, i) => kind === 'flow' && i < run.stack.length - 1);
  const caller = run.stack[depth];
  if (caller?.kind !== 'flow' || caller.wait?.for !== 'return') {
    failRun(work, run, why);
    return undefined;
  }
  dropFramesAbove(run, depth);
  return { kind: 'resume', run, frame: caller, event: { type: 'returned', why: { code, reason } } };
}

/** Drops everything that a flow has called, and what that has called in turn. */
export function dropFramesAbove(run: LiveRun, depth: number): void {
  const dropped = run.stack.splice(depth + 1);
  for (const frame of dropped) endWait(run, frame);
  const caller = run.stack[depth];
  if (caller?.kind === 'flow' && dropped[0]?.kind === 'dialog') clearInput(caller);
}

/** Ends a frame's wait, and the run's offer with it if an answer was waited for. */
export function endWait(run: LiveRun, frame: LiveFrame | undefined): void {
  if (frame?.kind === 'dialog' || frame?.wait?.for === 'message') closeOffer(run);
  if (frame?.kind === 'flow') frame.wait = undefined;
}

/** Clears the node's memory when the run leaves it, unless the type sets `keepsMemory`. */
export function clearMemory(frame: LiveFlowFrame, node: ProgramNode): void {
  if (node.type.keepsMemory || !(node.id in frame.memory)) return;
  const { [node.id]: _, ...rest } = frame.memory;
  frame.memory = rest;
}

/** Returns the key under which a flow's memory keeps the input of the dialog that a node has begun. */
export function inputKey(nodeId: string): string {
  return `${nodeId}:input`;
}

/** Clears the input of a dialog that is over or was dropped. */
function clearInput(frame: LiveFlowFrame): void {
  const { [inputKey(frame.nodeId)]: _, ...memory } = frame.memory;
  frame.memory = memory;
}
