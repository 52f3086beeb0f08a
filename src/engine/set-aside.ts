import type { FlowEvent, Wait } from '../contract/index.js';
import { repeatQuestion } from './repeat-question.js';
import { resume, runOn } from './run-node.js';
import { type LiveFlowFrame, type LiveRun, type Pause, topOf, type Work } from './work.js';

/** Takes a run aside in the middle of its flow: it gets no messages and wakes up at no time until it comes back. */
export function setAside(work: Work, run: LiveRun): void {
  run.aside = run.place === 'background' ? 'background' : 'foreground';
  run.place = 'queued';
  // Before starts that are queued.
  work.runs = [run, ...work.runs.filter((one) => one !== run)];
}

/**
 * A run that was aside goes on. If it waits for a message, it says its last question again and counts the time anew; with what it
 * waited for and what came meanwhile it goes on at once. Any other wait stays as it is, with its deadline.
 */
export function comeBack(work: Work, run: LiveRun): Pause | undefined {
  run.place = run.aside ?? 'foreground';
  delete run.aside;
  const frame = topOf(run);
  if (frame?.kind === 'dialog') {
    repeatQuestion(work, run);
    return undefined;
  }
  const wait = frame?.wait;
  if (!frame || !wait) return runOn(work, run);
  if (wait.for === 'message') return askAgain(work, run, frame);
  const { came, ...rest } = wait;
  if (!came) return undefined;
  frame.wait = rest as Wait;
  return resume(work, run, { frame, event: came }) ? runOn(work, run) : undefined;
}

/** Enters the node that waits once more, and says the question before it again, unless the node has asked by itself. */
function askAgain(work: Work, run: LiveRun, frame: LiveFlowFrame): Pause | undefined {
  const before = work.effects.length;
  delete frame.wait;
  const pause = runOn(work, run);
  const top = topOf(run);
  const waits = top?.kind === 'flow' && top.wait?.for === 'message';
  if (waits && work.effects.length === before) repeatQuestion(work, run);
  return pause;
}

/** Keeps what a run that is aside waits for. False where none waits for it. */
export function keepForLater(work: Work, event: FlowEvent, fits: (wait: Wait) => boolean): boolean {
  const frame = work.runs
    .filter((run) => run.aside !== undefined)
    .flatMap((run) => run.stack)
    .find((one): one is LiveFlowFrame => one.kind === 'flow' && one.wait !== undefined && fits(one.wait));
  if (!frame?.wait) return false;
  frame.wait = { ...frame.wait, came: event };
  return true;
}
