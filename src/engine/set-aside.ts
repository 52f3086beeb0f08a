import type { Run, Wait, WaitEvent } from '../contract/index.js';
import { type LiveRun, topOf } from './live-run.js';
import { repeatQuestion } from './repeat-question.js';
import type { RepeatQuestionTask, Task } from './task.js';
import { edit, type Work } from './work.js';

/** Sets a run aside in the middle of its flow: until it comes back it gets no messages, and its deadlines do not count. */
export function setAside(work: Work, stored: Run): void {
  const run = edit(work, stored);
  run.aside = run.place === 'background' ? 'background' : 'foreground';
  run.place = 'queued';
  // Before starts that are queued.
  work.runs = [run, ...work.runs.filter((one) => one !== run)];
}

/**
 * Lets a run that was set aside go on. If it waits for a message, its node is entered again, which counts the time anew. If what it
 * waited for came in the meantime, it goes on with that. Any other wait stays as it is, with its deadline.
 */
export function comeBack(work: Work, run: LiveRun): Task | undefined {
  run.place = run.aside ?? 'foreground';
  run.aside = undefined;
  const frame = topOf(run);
  if (frame?.kind === 'dialog') {
    repeatQuestion(work, run);
    return undefined;
  }
  if (!frame?.wait) return { kind: 'continue', run };
  if (frame.wait.for === 'message') {
    frame.wait = undefined;
    work.tasks.unshift({ kind: 'repeatQuestion', run, effectsBefore: work.effects.length });
    return { kind: 'continue', run };
  }
  const { came, ...wait } = frame.wait;
  if (!came) return undefined;
  frame.wait = wait as Wait;
  return { kind: 'resume', run, frame, event: came };
}

/** Repeats the question of a run that has come back, unless its node has just asked it again. */
export function repeatQuestionOnReturn(work: Work, { run, effectsBefore }: RepeatQuestionTask): void {
  const frame = topOf(run);
  const isAsking = frame?.kind === 'flow' && frame.wait?.for === 'message';
  if (isAsking && work.effects.length === effectsBefore) repeatQuestion(work, run);
}

/** Keeps an event for a run that was set aside and waits for it. Returns false if none does. */
export function keepForLater(work: Work, event: WaitEvent, fits: (wait: Wait) => boolean): boolean {
  for (const run of work.runs) {
    const depth = run.aside === undefined ? -1 : run.stack.findIndex((one) => one.kind === 'flow' && one.wait && fits(one.wait));
    if (depth === -1) continue;
    const frame = edit(work, run).stack[depth];
    if (frame?.kind === 'flow' && frame.wait) frame.wait = { ...frame.wait, came: event };
    return true;
  }
  return false;
}
