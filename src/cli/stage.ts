import { choicesIn, type Platform, type Problem, type ShownChoice } from '../contract/index.js';
import { type MakeCall, type PlayRequest, playWithCalls } from '../play/play.js';
import type { PlayStep } from '../play/play-step.js';
import type { PlayTurn } from '../play/scene.js';
import { CommandError } from './command.js';
import { isShown, showTurn } from './show-turn.js';

/** A conversation that is played in a terminal. Each step plays all of it again, which always comes out the same. */
export interface Stage {
  /** The platform on which the person writes. */
  on: Platform;
  /** What can be tapped on the messages shown last. */
  readonly choices: readonly ShownChoice[];
  readonly steps: readonly PlayStep[];
  /** Takes a step, and shows what comes of it. Returns the problems of steps that cannot be taken; they are dropped. `before` is called ahead of what is shown. */
  take(step: PlayStep, before?: () => void): Promise<readonly Problem[]>;
}

/** What a stage is opened with. */
export interface StageParts {
  readonly request: Omit<PlayRequest, 'steps' | 'on'>;
  readonly on: Platform;
  readonly out: (text: string) => void;
  readonly makeCall: MakeCall;
}

/** Opens a stage, and shows what `from` brings. */
export async function openStage({ request, on, out, makeCall }: StageParts): Promise<Stage> {
  const steps: PlayStep[] = [];
  let choices: readonly ShownChoice[] = [];
  let shown = 0;
  const playAll = async (all: readonly PlayStep[], before?: () => void) => {
    const { turns, problems } = await playWithCalls({ ...request, on, steps: all }, makeCall);
    const [dialog] = problems.filter(({ code }) => code === 'play/dialog');
    if (dialog) throw new CommandError(dialog.message);
    if (problems.length > 0) return { turns: [], problems };
    before?.();
    const fresh = turns.slice(shown);
    for (const turn of fresh) {
      if (all.at(-1)?.pass !== undefined) out(`  · ${turn.at} ${whatEnded(turn)}\n`);
      out(showTurn(turn));
    }
    shown = turns.length;
    const seen = fresh.flatMap(({ effects }) => effects.filter(isShown));
    if (seen.length > 0) choices = seen.flatMap(({ shows }) => shows.flatMap(choicesIn));
    return { turns: fresh, problems };
  };
  if (request.from !== undefined) {
    const { problems } = await playAll([]);
    if (problems[0]) throw new CommandError(`${problems[0].message}. ${problems[0].hint}`);
  }
  const stage: Stage = {
    on,
    steps,
    get choices() {
      return choices;
    },
    async take(step, before) {
      const there = stage.on === on ? step : { on: stage.on, ...step };
      const { turns, problems } = await playAll([...steps, there], before);
      // What really came is kept, so that nothing is called again.
      const answer = turns.find((turn) => turn.answer)?.answer;
      if (problems.length === 0) steps.push(answer ? { answer } : there);
      // A step that only now turns out to be wrong, such as a refusal, would stop every further one.
      for (const { pointer } of problems) steps.splice(stepOf(pointer, steps.length), 1);
      return problems;
    },
  };
  return stage;
}

/** Returns the index of the step that a pointer is into; `otherwise` for none. */
function stepOf(pointer: string, otherwise: number): number {
  const index = /^\/steps\/(\d+)/.exec(pointer)?.[1];
  return index === undefined ? otherwise : Number(index);
}

function whatEnded({ decision }: PlayTurn): string {
  return decision.reason.includes('came back') ? 'the call has timed out' : 'the wait has timed out';
}
