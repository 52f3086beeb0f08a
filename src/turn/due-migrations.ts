import { type FlowCode, programKey, type SessionState } from '../contract/index.js';
import type { Programs } from '../flow/program.js';

/** A flow whose sessions move to a version. */
export interface Migration {
  readonly flow: FlowCode;
  readonly to: number;
}

/**
 * Finds the flows in which a session stands on an earlier version than sessions are to move to. A session moves when it is loaded the next
 * time, as a publish could not write to a million of them. A frame that cannot move is not due, or it would be tried again and again.
 */
export function dueMigrations(
  state: Pick<SessionState, 'runs'>,
  programs: Programs & { readonly migrations: ReadonlyMap<FlowCode, number> },
): readonly Migration[] {
  if (programs.migrations.size === 0) return [];
  const due = new Map<FlowCode, number>();
  for (const run of state.runs) {
    for (const frame of run.stack) {
      const to = frame.kind === 'flow' ? programs.migrations.get(frame.flow) : undefined;
      if (frame.kind !== 'flow' || to === undefined || frame.version >= to) continue;
      const [from, onto] = [frame.version, to].map((version) => programs.get(programKey(frame.flow, version))?.nodes.get(frame.nodeId));
      if (from && onto && from.type.type === onto.type.type) due.set(frame.flow, to);
    }
  }
  return [...due].map(([flow, to]) => ({ flow, to }));
}
