import type { AdapterLimits, Json, NodeProblem } from '../contract/index.js';
import { lengthOf } from '../text/cut-text.js';
import { isLiteral } from './literal.js';

/** A text that has a limit. */
export interface LimitedText {
  readonly pointer: string;
  /** `the header`: what the problem calls it. */
  readonly name: string;
  /** In characters. */
  readonly limit: number;
}

/** Returns a problem if the value is a literal text that is longer than its limit. */
export function tooLong(value: Json | undefined, { pointer, name, limit }: LimitedText, by: AdapterLimits): readonly NodeProblem[] {
  if (typeof value !== 'string' || !isLiteral(value) || lengthOf(value) <= limit) return [];
  const message = `${name} has ${lengthOf(value)} characters; ${by.adapter} accepts at most ${limit}`;
  return [unlessUnbound({ pointer, code: 'message/too-long', message, hint: `Shorten it to ${limit} characters.` }, by)];
}

/** Returns a problem as an error if the flow is bound to a channel with these limits, else as a warning: it may never be sent there. */
export function unlessUnbound(problem: NodeProblem, { isBound }: AdapterLimits): NodeProblem {
  return isBound ? problem : { ...problem, severity: 'warning' };
}

/** Returns a problem of a value that is at `pointer` in the params, with its mend. */
export function placedIn(pointer: string, problem: NodeProblem): NodeProblem {
  const { mend } = problem;
  const steps = mend?.map((step) =>
    step.op === 'move' ? { ...step, from: pointer + step.from, path: pointer + step.path } : { ...step, path: pointer + step.path },
  );
  return { ...problem, pointer: pointer + problem.pointer, ...(steps ? { mend: steps } : {}) };
}
