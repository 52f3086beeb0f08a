import { addEffect } from './add-effect.js';
import type { LiveRun, Work } from './work.js';

/** Says once more what a run has asked, where the run is now. What the message quoted is not quoted again: it may be on another channel. */
export function repeatQuestion(work: Work, run: LiveRun): void {
  const { question } = run;
  if (!question) return;
  // It takes the place of the first one: there are no buttons beside its own to keep.
  delete run.question;
  const { replyTo: _, ...message } = question.message;
  addEffect(work, run, { kind: 'send', message });
  run.question ??= question;
}
