import type { InboundMessage, OutboundMessage } from '../contract/index.js';
import type { Program } from '../flow/program.js';
import { wordsOfMessage } from '../text/message-words.js';
import { wordsSent } from '../text/words-sent.js';
import type { LiveRun } from './live-run.js';

/** In characters. The oldest lines are dropped. */
const MAX_LENGTH = 8_000;

/** Begins to keep the transcript of a run if a flow that begins in it reads it. The last message of the person is its first line. */
export function keepTranscript(run: LiveRun, { reads }: Pick<Program, 'reads'>): void {
  if (!reads.transcript || run.transcript !== undefined) return;
  run.transcript = '';
  if (run.lastMessage) noteHeard(run, run.lastMessage);
}

/** Adds a message of the person to the transcript of a run that keeps one. */
export function noteHeard(run: LiveRun, message: InboundMessage): void {
  note(run, 'Customer', wordsOfMessage(message) || `(${message.type})`);
}

/** Adds a message to the person. */
export function noteSaid(run: LiveRun, message: OutboundMessage): void {
  note(run, 'Bot', wordsSent(message));
}

function note(run: LiveRun, who: 'Customer' | 'Bot', words: string): void {
  if (run.transcript === undefined) return;
  // A line is a message, so that nobody can write the other's lines.
  const line = `${who}: ${words.replace(/\s+/gu, ' ').trim()}`;
  run.transcript = newest(run.transcript === '' ? line : `${run.transcript}\n${line}`);
}

function newest(lines: string): string {
  if (lines.length <= MAX_LENGTH) return lines;
  const cut = lines.slice(-MAX_LENGTH);
  const at = cut.indexOf('\n');
  return at < 0 ? cut.replace(/^[\uDC00-\uDFFF]/, '') : cut.slice(at + 1);
}
