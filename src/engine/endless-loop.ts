import type { FlowEvent, Run } from '../contract/index.js';
import type { LiveRun } from './live-run.js';

/** Turns that a run may take alone, and how many of them in one second once it has taken some. */
const MOST = 1_000;
const FREE = 100;
const MOST_IN_A_SECOND = 10;

/** What a run hears of by itself: nobody writes, and no time passes. */
const ALONE: ReadonlySet<FlowEvent['type']> = new Set(['callResult', 'receipt']);

/**
 * Counts the turns that a run takes in a row without a message, an operator, a time-out or a start. Returns why the run is to fail, where it
 * goes round for ever, such as a call whose failure leads back to it. The count is kept in the run, its time is the event's.
 */
export function endlessLoop(run: LiveRun, { type, at }: FlowEvent): { readonly code: string; readonly reason: string } | undefined {
  if (!ALONE.has(type)) {
    delete run.alone;
    return undefined;
  }
  run.alone = counted(run.alone, at.slice(0, 19));
  const { turns, inSecond } = run.alone;
  if (turns > MOST) return { code: 'flow/endless-loop', reason: `the run took more than ${MOST} turns without a message` };
  if (turns > FREE && inSecond > MOST_IN_A_SECOND)
    return { code: 'flow/endless-loop', reason: `the run took more than ${MOST_IN_A_SECOND} turns in a second without a message` };
  return undefined;
}

function counted(before: Run['alone'], second: string): NonNullable<Run['alone']> {
  const inSecond = before?.second === second ? before.inSecond + 1 : 1;
  return { turns: (before?.turns ?? 0) + 1, second, inSecond };
}
