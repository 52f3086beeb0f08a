import type { EventOf, Json, Wait, WaitEvent } from '../contract/index.js';
import { member, readText } from '../contract/json/json-members.js';
import { endlessLoop } from './endless-loop.js';
import { dropFramesAbove } from './frames.js';
import { missingNodeType, throwIfNodeTypeMissing } from './missing-node-type.js';
import { endRunsAside } from './number-moved.js';
import { failRun } from './runs.js';
import { keepForLater } from './set-aside.js';
import type { Task } from './task.js';
import { findWait } from './waits.js';
import { conclude, type Work, warn } from './work.js';

/** What a wait can be ended by. */
interface Happened {
  readonly fits: (wait: Wait) => boolean;
  /** In words, for the turn's record. */
  readonly what: string;
}

export function takeReceipt(work: Work, event: EventOf<'receipt'>): Task | undefined {
  const { effectId, status } = event;
  return wakeRun(work, event, {
    fits: (wait) => 'effectId' in wait && wait.effectId === effectId,
    what: `the message ${effectId} ${status === 'failed' ? 'has failed' : `was ${status}`}`,
  });
}

export function takeCallResult(work: Work, event: EventOf<'callResult'>): Task | undefined {
  const { callId } = event;
  return wakeRun(work, event, { fits: (wait) => 'callId' in wait && wait.callId === callId, what: `the call ${callId} came back` });
}

/** A deadline has passed. An event that came for the wait while its run could not go on counts instead. */
export function takeTimeout(work: Work, event: EventOf<'timeout'>): Task | undefined {
  if (work.numberMoved?.id === event.waitId) {
    endRunsAside(work);
    return undefined;
  }
  const fits = (wait: Wait) => wait.id === event.waitId;
  const found = findWait(work, fits);
  // A called flow that took too long is dropped, along with whatever it had called.
  if (found) dropFramesAbove(found.run, found.depth);
  const came = found?.frame.wait?.came;
  if (!found || !came) return wakeRun(work, endOfTime(event, found?.frame.wait), { fits, what: 'the time is up' });
  throwIfNodeTypeMissing(work, found.frame);
  return wakeRun(work, came, { fits, what: 'the event that it waited for came while it could not run' });
}

/** An operator who has answered, and then has written nothing for the time of the hand-over, is done. */
function endOfTime(event: EventOf<'timeout'>, wait: Wait | undefined): WaitEvent {
  if (wait?.for !== 'operator' || wait.answeredAt === undefined) return event;
  return { type: 'operator', id: event.id, at: event.at, by: '', giveBack: true };
}

/** Returns why a call has failed, for the turn log: no flow hears of it. */
function failureIn(value: Json): { readonly code: string; readonly detail: string } {
  return { code: readText(member(value, 'code')) ?? 'call/failed', detail: readText(member(value, 'reason')) ?? '' };
}

/** Gives an event to the run that waits for it, or keeps it for a run that cannot go on now. */
export function wakeRun(work: Work, event: WaitEvent, { fits, what }: Happened): Task | undefined {
  const found = findWait(work, fits);
  if (!found) {
    if (keepForLater(work, event, fits)) conclude(work, 'held', `${what}; the run that waits for it is aside`);
    else {
      conclude(work, 'stale', `${what}; no run waits for that`);
      if (event.type === 'callResult' && !event.ok) warn(work, failureIn(event.value));
    }
    return undefined;
  }
  const { run, frame } = found;
  if (event.type !== 'timeout' && frame.wait && missingNodeType(work, frame) !== undefined) {
    // It comes only once, so it is kept until the run can go on.
    frame.wait = { ...frame.wait, came: event };
    conclude(work, 'held', `${what}; the flow that waits for it cannot run here`);
    return undefined;
  }
  conclude(work, 'resumed', `"${frame.nodeId}" of ${frame.flow}@${frame.version}: ${what}`);
  if (event.type === 'receipt' && event.error) warn(work, { code: event.error.code, detail: event.error.message, node: frame.nodeId });
  const endless = endlessLoop(run, event);
  if (!endless) return { kind: 'resume', run, frame, event };
  failRun(work, run, endless);
  return undefined;
}
