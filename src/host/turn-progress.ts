import type { Decision, Log } from '../contract/host/index.js';
import type { TurnProgress } from '../engine/turn-input.js';
import type { DialogRegistry } from './dialog-registry.js';

/** Goes on with a turn that has come to a dialog that does not exist: the dialog has failed. */
export function failUnknownDialogs(progress: TurnProgress, { guests }: Pick<DialogRegistry, 'guests'>): TurnProgress {
  let next = progress;
  while ('guest' in next && !guests.has(next.guest.dialog))
    next = next.goOn({ sends: [], then: { fail: `there is no dialog "${next.guest.dialog}"` } });
  return next;
}

/** Returns the decision of a turn, and logs what a node has thrown. */
export function finishTurn({ done, error }: Extract<TurnProgress, { done: Decision }>, log: Log): Decision {
  if (done.bug !== undefined) {
    const { id, turn } = done.session;
    log.error({ session: id, turn, bug: done.bug, stack: stackOf(error) }, 'a node threw');
  }
  return done;
}

export function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : String(error);
}
