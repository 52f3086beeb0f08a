import type { Json, Vars } from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import { addEffect } from './add-effect.js';
import { takeAnswer } from './answer.js';
import { beginFromDialog } from './begin-flow.js';
import { failFrame, inputKey, popFrame } from './frames.js';
import { takeHeld } from './held.js';
import { closeOffer } from './offer.js';
import { isRecordFull, RECORD_FULL } from './record-budget.js';
import { failRun } from './runs.js';
import type { DialogTask, Task } from './task.js';
import type { GuestCall, GuestResult } from './turn-input.js';
import type { Work } from './work.js';

/** Returns the call by which the host begins or continues a guest dialog. */
export function guestCall({ run, frame, event, returned }: DialogTask): GuestCall {
  const below = run.stack.at(-2);
  const input = below?.kind === 'flow' ? below.memory[inputKey(below.nodeId)] : undefined;
  return {
    dialog: frame.dialog,
    run: run.id,
    channel: run.channel,
    ...(frame.dialogs === null ? {} : { dialogs: frame.dialogs }),
    input: (input ?? {}) as Vars,
    event,
    ...(returned ? { returned } : {}),
  };
}

type Waiting = Extract<GuestResult['then'], { readonly waiting: Json }>;

/** Takes what a guest dialog has sent and come to. Returns what its run does next; undefined while the dialog waits for a message. */
export function takeGuestResult(work: Work, task: DialogTask, { sends, then }: GuestResult): Task | undefined {
  const { run } = task;
  for (const message of sends) addEffect(work, run, { kind: 'send', message });
  if ('waiting' in then) return keepDialog(work, task, then);
  if ('fail' in then) return failFrame(work, run, { code: 'flow/dialog-failed', reason: then.fail });
  return popFrame(work, run, { result: then.complete });
}

/** Stores the stack of a dialog that is not over: it waits for a message, or for the end of a flow that it begins. */
function keepDialog(work: Work, { run, frame }: DialogTask, { waiting, begin }: Waiting): Task | undefined {
  if (isRecordFull(work, jsonSize(waiting))) {
    failRun(work, run, { code: 'flow/over-budget', reason: RECORD_FULL });
    return undefined;
  }
  frame.dialogs = waiting;
  if (begin) {
    const refused = beginFromDialog(work, run, begin);
    return refused ? failFrame(work, run, refused) : { kind: 'continue', run };
  }
  // A message that was held while a send was confirmed is the answer that the dialog waits for.
  const answer = takeHeld(work, run, () => true);
  if (!answer) return undefined;
  takeAnswer(run, answer.message);
  closeOffer(run);
  return { kind: 'callDialog', run, frame, event: answer };
}
