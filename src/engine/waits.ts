import type { IsoTime, SessionState, Wait } from '../contract/index.js';
import type { LiveFlowFrame, LiveRun } from './live-run.js';
import { edit, type Work } from './work.js';

/** Returns every wait of runs that have begun and are not aside, and the time for which runs of a moved number stand still. */
function waitsOf(state: Pick<SessionState, 'runs' | 'numberMoved'>): readonly Wait[] {
  const waits: Wait[] = state.numberMoved ? [{ for: 'time', ...state.numberMoved }] : [];
  for (const run of state.runs) {
    if (run.place === 'queued') continue;
    for (const frame of run.stack) if (frame.kind === 'flow' && frame.wait) waits.push(dueWith(frame.wait));
  }
  return waits;
}

/** A wait whose event has come already is due at once. */
function dueWith(wait: Wait): Wait {
  return wait.came ? { ...wait, until: wait.came.at } : wait;
}

/** Returns the earliest deadline of any wait. */
export function wakeAt(state: Pick<SessionState, 'runs' | 'numberMoved'>): IsoTime | undefined {
  let earliest: IsoTime | undefined;
  for (const { until } of waitsOf(state)) if (until !== undefined && (earliest === undefined || until < earliest)) earliest = until;
  return earliest;
}

/** Returns the waits whose deadline has passed, oldest first. */
export function dueWaits(state: Pick<SessionState, 'runs' | 'numberMoved'>, now: IsoTime): readonly Wait[] {
  const due = waitsOf(state).filter(({ until }) => until !== undefined && until <= now);
  return due.sort((a, b) => ((a.until ?? '') < (b.until ?? '') ? -1 : 1));
}

/** Returns whether a run waits for the receipt of this send. */
export function isWaitingFor(state: Pick<SessionState, 'runs'>, effectId: string): boolean {
  return state.runs.some(({ place, aside, stack }) => {
    if (place === 'queued' && aside === undefined) return false;
    return stack.some((one) => one.kind === 'flow' && one.wait && 'effectId' in one.wait && one.wait.effectId === effectId);
  });
}

/** A frame that waits, and how deep in the stack of its run it is. */
export interface FoundWait {
  readonly run: LiveRun;
  readonly frame: LiveFlowFrame;
  readonly depth: number;
}

/** Returns the first frame that waits for something, for changing. Looks only at runs that have begun and are not aside. */
export function findWait(work: Work, fits: (wait: Wait) => boolean): FoundWait | undefined {
  for (const run of work.runs) {
    if (run.place === 'queued') continue;
    const depth = run.stack.findIndex((frame) => frame.kind === 'flow' && frame.wait && fits(frame.wait));
    if (depth === -1) continue;
    const live = edit(work, run);
    const frame = live.stack[depth];
    if (frame?.kind === 'flow') return { run: live, frame, depth };
  }
  return undefined;
}
