import { OperationalError, programKey } from '../contract/index.js';
import type { LiveFlowFrame, LiveFrame, Work } from './work.js';

/** The node type for want of which a frame cannot go on here; its run is left as it is until a host has that again. */
export function missingNodeType(work: Work, frame: LiveFrame | undefined): string | undefined {
  return frame?.kind === 'flow' ? work.input.programs.lacks?.(programKey(frame.flow, frame.version)) : undefined;
}

/** Throws an `OperationalError` where this host lacks a node type of the flow: then there is no turn, and what has come may be brought again. */
export function throwIfNodeTypeMissing(work: Work, frame: LiveFlowFrame): void {
  const type = missingNodeType(work, frame);
  if (type !== undefined)
    throw new OperationalError('flow/lacks-type', `${frame.flow}@${frame.version} needs the node type "${type}", which is not here`);
}
