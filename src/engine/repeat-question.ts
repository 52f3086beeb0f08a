import { addEffect } from './add-effect.js';
import type { LiveRun } from './live-run.js';
import type { Work } from './work.js';

/** Sends a run's open question again, to the channel that the run is on now. Without its quote, which may be on another channel. */
export function repeatQuestion(work: Work, run: LiveRun): void {
  const { question } = run;
  if (!question) return;
  // The new message takes the place of the old one, so it must not keep the buttons of the old one as well.
  run.question = undefined;
  const { replyTo: _, ...message } = question.message;
  addEffect(work, run, { kind: 'send', message });
  run.question ??= question;
}
