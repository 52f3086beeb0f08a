import { programKey, type SessionIndex, type SessionState } from '../contract/index.js';
import { wakeAt } from './waits.js';

/** What a session is found by: its next deadline, whether it waits, and where; runs that are queued stand at their start. */
export function indexOf(state: Pick<SessionState, 'runs' | 'mergedInto'>): SessionIndex {
  const positions = state.runs.flatMap((run) =>
    run.stack.flatMap((frame) => (frame.kind === 'flow' ? [`${programKey(frame.flow, frame.version)}#${frame.nodeId}`] : [])),
  );
  const wake = wakeAt(state);
  return {
    ...(wake === undefined ? {} : { wakeAt: wake }),
    status: state.runs.length > 0 ? 'waiting' : 'idle',
    positions,
    ...(state.mergedInto === undefined ? {} : { mergedInto: state.mergedInto }),
  };
}
