import { programKey, type SessionState } from '../contract/index.js';
import type { SessionIndex } from '../contract/store/index.js';
import { wakeAt } from './waits.js';

/** Returns whether nothing is left of a contact that was merged into another one. */
export function isEmptied({ runs, contact }: Pick<SessionState, 'runs' | 'contact'>): boolean {
  return runs.length === 0 && contact.identities.length === 0;
}

/** Returns what a store finds a session by: its next deadline, whether it waits, and the nodes where it waits. A queued run is at its start node. */
export function indexOf(state: Pick<SessionState, 'runs' | 'mergedInto' | 'contact' | 'numberMoved' | 'handOver'>): SessionIndex {
  const positions: string[] = [];
  for (const { stack } of state.runs)
    for (const frame of stack) if (frame.kind === 'flow') positions.push(`${programKey(frame.flow, frame.version)}#${frame.nodeId}`);
  // An unfinished merge is due at once, so its deadline is a time in the past.
  const wake = state.mergedInto === undefined ? wakeAt(state) : isEmptied(state) ? undefined : state.contact.createdAt;
  return {
    status: state.runs.length > 0 ? 'waiting' : 'idle',
    positions,
    ...(state.handOver && state.mergedInto === undefined ? { queue: state.handOver.queue } : {}),
    ...(wake === undefined ? {} : { wakeAt: wake }),
    ...(state.mergedInto === undefined ? {} : { mergedInto: state.mergedInto }),
  };
}
