import type { OutboundMessage } from '../contract/index.js';
import { addEffect } from './add-effect.js';
import type { LiveRun } from './live-run.js';
import type { Work } from './work.js';

/** Sends a run's open question again, to the channel that the run is on now. Without its quote, which may be on another channel. */
export function repeatQuestion(work: Work, run: LiveRun): void {
  const { question } = run;
  if (!question) return;
  // The new message takes the place of the old one, so it must not keep the buttons of the old one as well.
  run.question = undefined;
  const message = fromTheFirst(question.message);
  addEffect(work, run, { kind: 'send', message });
  run.question ??= question;
}

/** Returns the message without its quote, and with the first page of its list. */
function fromTheFirst({ replyTo: _, ...message }: OutboundMessage): OutboundMessage {
  if (!('pages' in message) || message.pages === undefined) return message as OutboundMessage;
  const { more, first } = message.pages;
  return { ...message, pages: { more, first } };
}
