import type { RunResult } from '../contract/host/index.js';
import type { LiveRun } from './live-run.js';
import type { Work } from './work.js';

/** Records the outcome of a run, with the variables of the flow that it was started with. A run that never began has no result. */
export function noteResult(work: Work, run: LiveRun, outcome: RunResult['outcome']): void {
  const frame = run.stack.find((one) => one.kind === 'flow');
  if (run.place === 'queued' || frame?.kind !== 'flow') return;
  work.results = [
    ...work.results,
    {
      run: run.id,
      flow: frame.flow,
      version: frame.version,
      startedBy: run.startedBy,
      startedAt: run.startedAt,
      endedAt: work.input.event.at,
      outcome,
      variables: frame.vars,
    },
  ];
}
