import type { FlowEvent, Vars } from '../contract/index.js';
import { jsonSize } from '../contract/json-size.js';
import { addEffect } from './add-effect.js';
import { takeAnswer } from './answer.js';
import { takeHeld } from './held.js';
import { closeOffer } from './offer.js';
import { isRecordFull, RECORD_FULL } from './record-budget.js';
import { failFrame, popFrame, runOn } from './run-node.js';
import { failRun } from './runs.js';
import type { LiveFlowFrame, LiveRun, Pause, Work } from './work.js';

type DialogFrame = Extract<LiveRun['stack'][number], { kind: 'dialog' }>;

/** Where a frame keeps what a dialog on top of it was begun with. */
export function inputKey(nodeId: string): string {
  return `${nodeId}:input`;
}

/** Forgets what a dialog was begun with, once it is over or was dropped. */
export function dropInput(frame: LiveFlowFrame): void {
  const { [inputKey(frame.nodeId)]: _, ...memory } = frame.memory;
  frame.memory = memory;
}

/** A dialog written in TypeScript stands on top: its host has to answer before the turn goes on. */
export function pauseFor(work: Work, run: LiveRun, frame: DialogFrame, event: FlowEvent = work.input.event): Pause {
  const below = run.stack.at(-2);
  const key = below?.kind === 'flow' ? inputKey(below.nodeId) : '';
  const input = below?.kind === 'flow' ? below.memory[key] : undefined;
  return {
    call: {
      dialog: frame.dialog,
      run: run.id,
      channel: run.channel,
      ...(frame.dialogs === null ? {} : { dialogs: frame.dialogs }),
      input: (input ?? {}) as Vars,
      event,
    },
    take(result) {
      for (const message of result.sends) addEffect(work, run, { kind: 'send', message });
      if ('waiting' in result.then) {
        if (isRecordFull(work, jsonSize(result.then.waiting))) {
          failRun(work, run, { code: 'flow/over-budget', reason: RECORD_FULL });
          return;
        }
        frame.dialogs = result.then.waiting;
        // A dialog that waits waits for a message: what came while a send was confirmed is one.
        const answer = takeHeld(work, run, () => true);
        if (!answer) return;
        takeAnswer(run, answer.message);
        closeOffer(run);
        work.agenda.unshift(() => pauseFor(work, run, frame, answer));
        return;
      }
      if (below?.kind === 'flow') dropInput(below);
      if ('fail' in result.then) {
        const goesOn = failFrame(work, run, { code: 'flow/dialog-failed', reason: result.then.fail });
        if (goesOn) work.agenda.unshift(() => runOn(work, run));
        return;
      }
      if (popFrame(work, run, { result: result.then.complete })) work.agenda.unshift(() => runOn(work, run));
    },
  };
}
