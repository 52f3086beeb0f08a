import type { EndRuns, FlowCode, Run } from '../contract/index.js';
import { topOf } from './live-run.js';
import { closeOffer } from './offer.js';
import { endRun } from './runs.js';
import { edit, type Work, warn } from './work.js';

/** Returns whether a run is in a flow, on a version below `below`. */
export function isInFlow({ stack }: Pick<Run, 'stack'>, flow: FlowCode, below = Number.POSITIVE_INFINITY): boolean {
  return stack.some((frame) => frame.kind === 'flow' && frame.flow === flow && frame.version < below);
}

/** Ends other runs of the person for a node of `own`. What they have sent stays in the queue. */
export function endOtherRuns(work: Work, own: Run, { flow, where }: EndRuns): void {
  const frame = topOf(own);
  const by = frame?.kind === 'flow' ? `"${frame.flow}"` : 'another flow';
  const isChosen = (run: Run) => run !== own && isAt(run, where) && (flow === undefined || isInFlow(run, flow));
  for (const run of work.runs.filter(isChosen).map((one) => edit(work, one))) {
    closeOffer(run);
    warn(work, { code: 'run/ended', detail: `the run ${run.id} was ended by ${by}` });
    endRun(work, run, 'ended');
  }
}

/** A run that was set aside counts as being where it was before. */
function isAt({ place, aside }: Run, where: EndRuns['where']): boolean {
  return where === 'any' || where === (aside ?? place);
}
