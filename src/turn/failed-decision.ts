import type { Decision, Log } from '../contract/host/index.js';
import { advance } from '../engine/advance.js';
import type { TurnInput } from '../engine/turn-input.js';

/**
 * Makes a decision of a turn that has thrown: the event is taken, and the run in the foreground has failed. Otherwise the provider would
 * repeat the event for seven days. What waited behind that run begins, as after any end; if that throws as well, the run is only removed.
 */
export function failedDecision(log: Log, input: TurnInput, error: unknown): Decision {
  const { session, event } = input;
  const bug = `bug-${session.id}-${session.turn}`;
  const reason = `an error in the program; the log has it as ${bug}`;
  log.error(
    { session: session.id, turn: session.turn, bug, stack: error instanceof Error ? error.stack : String(error) },
    'a decision threw',
  );
  const { id, at } = event;
  const decision = { kind: 'failed', reason, tried: [] } as const;
  try {
    const step = advance({ ...input, event: { id, at, type: 'command', command: 'fail', args: { reason }, by: 'host' } });
    if ('done' in step) return { ...step.done, decision, bug };
  } catch {
    // The session itself is the problem.
  }
  const runs = session.runs.filter((run) => run.place !== 'foreground');
  return { session: { ...session, runs }, effects: [], decision, path: [], warnings: [], matches: [], bug };
}
