import type { FlowEvent, Run, Why } from '../contract/index.js';
import type { LiveRun } from './live-run.js';

/** How many turns a run may take in a row by itself. */
const MAX_TURNS = 1_000;
/** After this many, it may take `MAX_PER_SECOND` of them in one second. */
const UNLIMITED_TURNS = 100;
const MAX_PER_SECOND = 10;

/** Events that come without anybody writing and without time passing. */
const BY_ITSELF: ReadonlySet<FlowEvent['type']> = new Set(['callResult', 'receipt']);

/**
 * Counts the turns that a run takes in a row without a message, an operator, a timeout or a start. Returns why the run must fail if it goes
 * round for ever, for example because a failed call leads back to the call. The count is stored with the run and uses the events' time.
 */
export function endlessLoop(run: LiveRun, { type, at }: FlowEvent): Why | undefined {
  if (!BY_ITSELF.has(type)) {
    run.alone = undefined;
    return undefined;
  }
  run.alone = counted(run.alone, at.slice(0, 19));
  const { turns, inSecond } = run.alone;
  if (turns > MAX_TURNS) return { code: 'flow/endless-loop', reason: `the run took more than ${MAX_TURNS} turns without a message` };
  if (turns > UNLIMITED_TURNS && inSecond > MAX_PER_SECOND)
    return { code: 'flow/endless-loop', reason: `the run took more than ${MAX_PER_SECOND} turns in a second without a message` };
  return undefined;
}

function counted(before: Run['alone'], second: string): NonNullable<Run['alone']> {
  const inSecond = before?.second === second ? before.inSecond + 1 : 1;
  return { turns: (before?.turns ?? 0) + 1, second, inSecond };
}
