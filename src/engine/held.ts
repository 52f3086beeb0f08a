import { BUDGET, type EventOf, type Held, type InboundMessage, type Json } from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import { readAnswer, takeAnswer } from './answer.js';
import { type LiveRun, topOf } from './live-run.js';
import { isRecordFull, RECORD_FULL } from './record-budget.js';
import { turnedPage, turnPage } from './turn-page.js';
import { type Work, warn } from './work.js';

type MessageEvent = EventOf<'message'>;

/** Holds a message that no run can take now. `mayAnswer`: the run that may take it at its next wait for a message. Returns false if it was dropped. */
export function hold(work: Work, { event, mayAnswer }: { readonly event: MessageEvent; readonly mayAnswer?: string }): boolean {
  if (work.held.length >= BUDGET.held) {
    warn(work, { code: 'message/early', detail: `more than ${BUDGET.held} messages are held already` });
    return false;
  }
  if (isRecordFull(work, jsonSize(event.message as unknown as Json), 0)) {
    warn(work, { code: 'message/early', detail: RECORD_FULL });
    return false;
  }
  work.held = [
    ...work.held,
    { eventId: event.id, at: event.at, message: event.message, ...(mayAnswer === undefined ? {} : { mayAnswer }) },
  ];
  return true;
}

/** Returns the held message that answers a run which has just begun to wait for one, taken out of what is held; undefined if there is none. */
export function takeHeldAnswer(work: Work, run: LiveRun): MessageEvent | undefined {
  const frame = topOf(run);
  const platform = frame?.kind === 'flow' && frame.wait?.for === 'message' ? frame.wait.platform : undefined;
  const found = takeHeld(work, run, ({ message }) => platform === undefined || platform === message.platform);
  if (!found) return undefined;
  const read = readAnswer(run, found.message);
  takeAnswer(run, read === 'stale' ? found.message : read);
  return found;
}

/**
 * Returns the oldest held message that may answer a run, taken out of what is held. Messages from a call or a timed wait came before the
 * question, so they are dropped with a warning.
 */
export function takeHeld(work: Work, run: LiveRun, fits: (held: Held) => boolean): MessageEvent | undefined {
  if (run.place !== 'foreground' || work.held.length === 0) return undefined;
  let found: Held | undefined;
  const stays: Held[] = [];
  for (const one of work.held) {
    if (one.mayAnswer === undefined) noteEarly(work, one, 'came before the question was asked');
    else if (one.mayAnswer === run.id && turnsPage(work, run, one)) continue;
    else if (one.mayAnswer === run.id && readAnswer(run, one.message) === 'stale') warnStale(work, one.message);
    else if (!found && one.mayAnswer === run.id && fits(one)) found = one;
    else stays.push(one);
  }
  work.held = stays;
  return found && eventOf(found);
}

/** Returns whether the next wait of a run for a message will take a held one at once. */
export function hasHeldAnswer(work: Work, run: LiveRun): boolean {
  if (run.place !== 'foreground') return false;
  return work.held.some(
    ({ mayAnswer, message }) => mayAnswer === run.id && readAnswer(run, message) !== 'stale' && turnedPage(run, message) === undefined,
  );
}

/** Shows more choices, if that is what a held message asks for. */
function turnsPage(work: Work, run: LiveRun, { message }: Held): boolean {
  const page = turnedPage(run, message);
  if (page) turnPage(work, run, { page, message });
  return page !== undefined;
}

/** Warns of a tap on an older question. */
export function warnStale(work: Work, { title = '' }: InboundMessage): void {
  warn(work, { code: 'choice/stale', detail: `the tap on "${title}" answers an older question` });
}

/** Warns of a message that is dropped. */
export function noteEarly(work: Work, { message }: Held, why: string): void {
  warn(work, { code: 'message/early', detail: `the message ${message.id} ${why}` });
}

/** Removes a run that has ended from held messages: what might have answered it is held like any other message. */
export function releaseHeld(work: Work, run: LiveRun): void {
  if (work.held.length === 0) return;
  work.held = work.held.map(({ mayAnswer, ...rest }) => (mayAnswer === undefined || mayAnswer === run.id ? rest : { ...rest, mayAnswer }));
}

export function eventOf({ eventId, at, message }: Held): MessageEvent {
  return { id: eventId, at, type: 'message', message };
}
