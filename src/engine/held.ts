import { BUDGET, type FlowEvent, type Held, type InboundMessage, type Json } from '../contract/index.js';
import { jsonSize } from '../contract/json-size.js';
import { readAnswer, takeAnswer } from './answer.js';
import { isRecordFull, RECORD_FULL } from './record-budget.js';
import { type LiveRun, topOf, type Work, warn } from './work.js';

type MessageEvent = Extract<FlowEvent, { type: 'message' }>;

/** Keeps a message that nobody can take now. `mayAnswer`: the run may take it at its next message wait. */
export function hold(work: Work, { event, mayAnswer }: { readonly event: MessageEvent; readonly mayAnswer?: string }): boolean {
  if (work.held.length >= BUDGET.held) {
    warn(work, 'message/early', `more than ${BUDGET.held} messages came before anybody asked`);
    return false;
  }
  if (isRecordFull(work, jsonSize(event.message as unknown as Json), 0)) {
    warn(work, 'message/early', RECORD_FULL);
    return false;
  }
  work.held = [
    ...work.held,
    { eventId: event.id, at: event.at, message: event.message, ...(mayAnswer === undefined ? {} : { mayAnswer }) },
  ];
  return true;
}

/**
 * At a message wait: the first held message that may answer it does; what came during a call or a timed wait came before the
 * question, so it is noted as early. True when the run goes on.
 */
export function dealWithHeld(work: Work, run: LiveRun, answer: (event: MessageEvent) => boolean): boolean {
  const frame = topOf(run);
  const platform = frame?.kind === 'flow' && frame.wait?.for === 'message' ? frame.wait.platform : undefined;
  const found = takeHeld(work, run, ({ message }) => platform === undefined || platform === message.platform);
  if (!found) return false;
  const read = readAnswer(run, found.message);
  takeAnswer(run, read === 'stale' ? found.message : read);
  return answer(found);
}

/** The oldest held message that may answer what a run asks now, taken out; what came before the question is noted as early. */
export function takeHeld(work: Work, run: LiveRun, fits: (held: Held) => boolean): MessageEvent | undefined {
  if (run.place !== 'foreground' || work.held.length === 0) return undefined;
  let found: Held | undefined;
  const stays: Held[] = [];
  for (const one of work.held) {
    if (one.mayAnswer === undefined) noteEarly(work, one, 'came before the question was asked');
    else if (one.mayAnswer === run.id && readAnswer(run, one.message) === 'stale') warnStale(work, one.message);
    else if (!found && one.mayAnswer === run.id && fits(one)) found = one;
    else stays.push(one);
  }
  work.held = stays;
  return found && eventOf(found);
}

/** A tap on an older question, for the turn log. */
export function warnStale(work: Work, { title = '' }: InboundMessage): void {
  warn(work, 'choice/stale', `the tap on "${title}" answers an older question`);
}

/** A message that nobody takes any more, for the turn log. */
export function noteEarly(work: Work, { message }: Held, why: string): void {
  warn(work, 'message/early', `the message ${message.id} ${why}`);
}

/** A run that is over asks nothing any more: what might have answered it is held like any other message. */
export function releaseHeld(work: Work, run: LiveRun): void {
  if (work.held.length === 0) return;
  work.held = work.held.map(({ mayAnswer, ...rest }) => (mayAnswer === undefined || mayAnswer === run.id ? rest : { ...rest, mayAnswer }));
}

export function eventOf({ eventId, at, message }: Held): MessageEvent {
  return { id: eventId, at, type: 'message', message };
}
