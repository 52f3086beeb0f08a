import { programKey, type SessionIndex, type SessionState } from '../contract/index.js';
import { wakeAt } from './waits.js';

/** Of a contact that was merged into another one nothing is left to take along. */
export function isEmptied({ runs, contact }: Pick<SessionState, 'runs' | 'contact'>): boolean {
  return runs.length === 0 && contact.identities.length === 0;
}

/** What a session is found by: its next deadline, whether it waits, and where; runs that are queued stand at their start. */
export function indexOf(state: Pick<SessionState, 'runs' | 'mergedInto' | 'contact' | 'numberMoved'>): SessionIndex {
  const positions = state.runs.flatMap((run) =>
    run.stack.flatMap((frame) => (frame.kind === 'flow' ? [`${programKey(frame.flow, frame.version)}#${frame.nodeId}`] : [])),
  );
  // A merge is to be finished at once, which is a time that is past.
  const wake = state.mergedInto === undefined ? wakeAt(state) : isEmptied(state) ? undefined : state.contact.createdAt;
  return {
    ...(wake === undefined ? {} : { wakeAt: wake }),
    status: state.runs.length > 0 ? 'waiting' : 'idle',
    positions,
    ...(state.mergedInto === undefined ? {} : { mergedInto: state.mergedInto }),
  };
}
