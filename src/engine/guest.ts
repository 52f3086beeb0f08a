import type { Vars } from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import { addEffect } from './add-effect.js';
import { takeAnswer } from './answer.js';
import { failFrame, popFrame } from './frames.js';
import { takeHeld } from './held.js';
import type { LiveFlowFrame } from './live-run.js';
import { closeOffer } from './offer.js';
import { isRecordFull, RECORD_FULL } from './record-budget.js';
import { failRun } from './runs.js';
import type { DialogTask, Task } from './task.js';
import type { GuestCall, GuestResult } from './turn-input.js';
import type { Work } from './work.js';

/** Returns the key under which a flow's memory keeps the input of the dialog that a node has begun. */
export function inputKey(nodeId: string): string {
  return `${nodeId}:input`;
}

/** Clears the input of a dialog that is over or was dropped. */
export function clearInput(frame: LiveFlowFrame): void {
  const { [inputKey(frame.nodeId)]: _, ...memory } = frame.memory;
  frame.memory = memory;
}

/** Returns the call by which the host begins or continues a guest dialog. */
export function guestCall({ run, frame, event }: DialogTask): GuestCall {
  const below = run.stack.at(-2);
  const input = below?.kind === 'flow' ? below.memory[inputKey(below.nodeId)] : undefined;
  return {
    dialog: frame.dialog,
    run: run.id,
    channel: run.channel,
    ...(frame.dialogs === null ? {} : { dialogs: frame.dialogs }),
    input: (input ?? {}) as Vars,
    event,
  };
}

/** Takes what a guest dialog has sent and come to. Returns what its run does next; undefined while the dialog waits. */
export function takeGuestResult(work: Work, { run, frame }: DialogTask, { sends, then }: GuestResult): Task | undefined {
  for (const message of sends) addEffect(work, run, { kind: 'send', message });
  if ('waiting' in then) {
    if (isRecordFull(work, jsonSize(then.waiting))) {
      failRun(work, run, { code: 'flow/over-budget', reason: RECORD_FULL });
      return undefined;
    }
    frame.dialogs = then.waiting;
    // A dialog only ever waits for a message, so one that was held while a send was confirmed is its answer.
    const answer = takeHeld(work, run, () => true);
    if (!answer) return undefined;
    takeAnswer(run, answer.message);
    closeOffer(run);
    return { kind: 'callDialog', run, frame, event: answer };
  }
  const below = run.stack.at(-2);
  if (below?.kind === 'flow') clearInput(below);
  if ('fail' in then) return failFrame(work, run, { code: 'flow/dialog-failed', reason: then.fail });
  return popFrame(work, run, { result: then.complete });
}
