import { type FlowCode, programKey, type SessionState } from '../contract/index.js';
import type { Programs } from '../flow/program.js';

/** A flow whose sessions go over to a version when they are next heard of. */
export interface Migration {
  readonly flow: FlowCode;
  readonly to: number;
}

/**
 * The flows in which a session stands on a version that another has taken over from: its frames move at the next load, not as a
 * million writes inside of a publish. What cannot move is not due, so that nobody tries again and again.
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
