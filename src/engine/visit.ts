import type { Program, ProgramNode } from '../flow/program.js';
import type { LiveFlowFrame, LiveRun } from './live-run.js';
import { throwIfNodeTypeMissing } from './missing-node-type.js';
import { failRun } from './runs.js';
import { programOf, type Work } from './work.js';

/** A run standing on a node. */
export interface Visit {
  readonly run: LiveRun;
  readonly frame: LiveFlowFrame;
  readonly program: Program;
  readonly node: ProgramNode;
}

/**
 * Returns the node that a frame stands on. Fails the run if its version has no such node.
 *
 * @throws OperationalError `flow/lacks-type` if this host does not have a node type of the flow.
 */
export function visitOf(work: Work, run: LiveRun, frame: LiveFlowFrame): Visit | undefined {
  const program = programOf(work, frame);
  const node = program?.nodes.get(frame.nodeId);
  if (program && node) return { run, frame, program, node };
  throwIfNodeTypeMissing(work, frame);
  failRun(work, run, { code: 'flow/gone', reason: `${frame.flow}@${frame.version} has no node "${frame.nodeId}" that can be run` });
  return undefined;
}

/** Adds the node to the turn's path: with the port that it was left by, or without one if the run stopped there. */
export function addToPath(work: Work, { run, frame, node }: Omit<Visit, 'program'>, port?: string): void {
  work.path.push({ run: run.id, flow: frame.flow, version: frame.version, node: node.id, ...(port === undefined ? {} : { port }) });
}
