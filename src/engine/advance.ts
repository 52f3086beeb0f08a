import type { FlowEvent } from '../contract/index.js';
import { takeCommand } from './commands.js';
import { takeIdentities } from './contact-changes.js';
import { guestCall, takeGuestResult } from './guest.js';
import { settleHandOver } from './hand-over.js';
import { becomeMerged, takeOver } from './merge.js';
import { loseNumber } from './number-moved.js';
import { continueRun, resumeNode } from './run-node.js';
import { comeBack, repeatQuestionOnReturn } from './set-aside.js';
import { startNext } from './start-next.js';
import { takeLink } from './take-link.js';
import { takeMessage, takeSubscription } from './take-message.js';
import { takeOperator } from './take-operator.js';
import { takeStart } from './take-start.js';
import type { DialogTask, Task } from './task.js';
import type { TurnInput, TurnProgress } from './turn-input.js';
import { takeCallResult, takeReceipt, takeTimeout } from './wake-run.js';
import { beginWork, decisionOf, type Work } from './work.js';

/**
 * Computes a turn: what one event makes of a session. Pure and synchronous: the same input gives the same turn, now and in a replay.
 * Only a guest dialog interrupts it; then the caller asks the dialog and calls `goOn` with its result.
 *
 * @example
 * let progress = advance(input);
 * while ('guest' in progress) progress = progress.goOn(await ask(progress.guest));
 * store(progress.done);
 */
export function advance(input: TurnInput): TurnProgress {
  const work = beginWork(input);
  // The event itself: who wrote, which run or which trigger takes it.
  const first = takeEvent(work, input.event);
  // Then everything that follows from it.
  return drive(work, first);
}

/**
 * Does one task after the other until nothing is left to do. Every step of a turn, of every run, passes through this loop: what a task
 * leads to at once comes next, then what was put on the list.
 */
function drive(work: Work, first: Task | undefined): TurnProgress {
  let task = first ?? work.tasks.shift();
  while (task) {
    // A dialog is not ours to compute: its host answers, and the loop goes on with the answer.
    if (task.kind === 'callDialog') return pauseFor(work, task);
    task = perform(work, task) ?? work.tasks.shift();
  }
  settleHandOver(work);
  return { done: decisionOf(work), ...(work.error === undefined ? {} : { error: work.error }) };
}

/** Does one task. Returns what its run does right after it; undefined when the run waits or has ended. */
function perform(work: Work, task: Exclude<Task, DialogTask>): Task | undefined {
  switch (task.kind) {
    // Enter the next node of a run; what the node returns says how the run goes on.
    case 'continue':
      return continueRun(work, task.run);
    // Give the node that waits the event that it waited for.
    case 'resume':
      return resumeNode(work, task);
    // Let a run that was set aside go on where it stood,
    case 'comeBack':
      return comeBack(work, task.run);
    // and repeat its question if it still has one.
    case 'repeatQuestion':
      repeatQuestionOnReturn(work, task);
      return undefined;
    // The foreground may be free: a queued run comes next, else a message that was held.
    case 'startNext':
      return startNext(work);
  }
}

function pauseFor(work: Work, task: DialogTask): TurnProgress {
  work.guest = true;
  return { guest: guestCall(task), goOn: (result) => drive(work, takeGuestResult(work, task, result)) };
}

/** Takes the event of the turn. Returns what the run that it is for does next; undefined when it is for no run, or the run has yet to begin. */
function takeEvent(work: Work, event: FlowEvent): Task | undefined {
  switch (event.type) {
    case 'message':
      return takeMessage(work, event);
    case 'subscription':
      return takeSubscription(work, event);
    case 'start':
      return takeStart(work, event);
    case 'timeout':
      return takeTimeout(work, event);
    case 'receipt':
      return takeReceipt(work, event);
    case 'callResult':
      return takeCallResult(work, event);
    case 'operator':
      return takeOperator(work, event);
    case 'command':
      return takeCommand(work, event);
    case 'linked':
      return takeLink(work, event);
    case 'identities':
      return takeIdentities(work, event);
    case 'merge':
      return takeOver(work, event);
    case 'merged':
      return becomeMerged(work, event);
    case 'numberMoved':
      return loseNumber(work, event);
  }
}
