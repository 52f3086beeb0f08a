import { OperationalError } from '../contract/host/index.js';
import { type FlowFrame, type Frame, programKey } from '../contract/index.js';
import type { Work } from './work.js';

/** Returns the node type that a frame's flow needs and this host does not have. Such a run stays as it is until a host has the type. */
export function missingNodeType(work: Work, frame: Frame | undefined): string | undefined {
  return frame?.kind === 'flow' ? work.input.programs.lacks?.(programKey(frame.flow, frame.version)) : undefined;
}

/**
 * Ends the computation if this host does not have a node type of the flow. No turn is stored then, and the event may be delivered again.
 *
 * @throws OperationalError `flow/lacks-type`
 */
export function throwIfNodeTypeMissing(work: Work, frame: FlowFrame): void {
  const type = missingNodeType(work, frame);
  if (type !== undefined)
    throw new OperationalError(
      'flow/lacks-type',
      `${frame.flow}@${frame.version} needs the node type "${type}", which this host does not have`,
    );
}
