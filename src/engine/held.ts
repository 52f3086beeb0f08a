import { BUDGET, type FlowEvent, type Held } from '../contract/index.js';
import { takeAnswer } from './answer.js';
import { type LiveFlowFrame, type LiveRun, type Work, warn } from './work.js';

type MessageEvent = Extract<FlowEvent, { type: 'message' }>;

/** Keeps a message that nobody can take now. `mayAnswer`: the run may take it at its next message wait. */
export function hold(work: Work, { event, mayAnswer }: { readonly event: MessageEvent; readonly mayAnswer?: string }): boolean {
  if (work.held.length >= BUDGET.held) {
    warn(work, 'message/early', `more than ${BUDGET.held} messages came before anybody asked`);
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
export function dealWithHeld(work: Work, run: LiveRun, frame: LiveFlowFrame, answer: (event: MessageEvent) => boolean): boolean {
  if (run.place !== 'foreground' || work.held.length === 0) return false;
  const wait = frame.wait;
  const fits = (one: Held) =>
    one.mayAnswer === run.id && wait?.for === 'message' && (wait.platform === undefined || wait.platform === one.message.platform);
  const found = work.held.find(fits);
  for (const one of work.held)
    if (one !== found && one.mayAnswer === undefined)
      warn(work, 'message/early', `the message ${one.message.id} came before the question was asked`);
  work.held = work.held.filter((one) => one !== found && one.mayAnswer !== undefined);
  if (!found) return false;
  takeAnswer(run, found.message);
  return answer(eventOf(found));
}

export function eventOf({ eventId, at, message }: Held): MessageEvent {
  return { id: eventId, at, type: 'message', message };
}
