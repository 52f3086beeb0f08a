import type { Choice } from '../contract/index.js';
import { dueWaits } from '../engine/waits.js';
import { type Step, secondsAt, timeAt } from '../golden/conversation.js';
import type { Player } from '../golden/player.js';
import { CommandError } from './command.js';
import { choicesIn, showTurn } from './show-turn.js';

/** A conversation that is played in a terminal, with a clock that is set by hand. */
export interface Stage {
  /** The channel on which the person writes. */
  on: string;
  readonly choices: readonly Choice[];
  readonly steps: readonly Step[];
  take(step: Omit<Step, 'at'>): void;
  /** Lets time pass. Waits that end on the way are steps of their own. */
  pass(millis: number): void;
}

/** The maximum number of waits that may end while time passes: a flow that wakes every second would keep the command busy. */
const MAX_WAKES = 1_000;

export function createStage(player: Player, on: string, out: (text: string) => void): Stage {
  const steps: Step[] = [];
  let seconds = 0;
  let choices: readonly Choice[] = [];
  const take = (step: Step) => {
    try {
      const { played, decision } = player.play(step);
      steps.push(played);
      choices = choicesIn(decision, choices);
      out(showTurn(decision, player.state));
    } catch (error) {
      throw new CommandError(error instanceof Error ? error.message : String(error));
    }
  };
  return {
    on,
    steps,
    get choices() {
      return choices;
    },
    take(step) {
      const channel = this.on === 'wa' ? {} : { on: this.on };
      take({ at: seconds, ...channel, ...step });
    },
    pass(millis) {
      const target = seconds + millis / 1000;
      for (let wakes = 0; ; wakes += 1) {
        const [due] = dueWaits(player.state, timeAt(target));
        if (due?.until === undefined) break;
        if (wakes >= MAX_WAKES) throw new CommandError(`${MAX_WAKES} waits have ended, and more are due: let less time pass at once`);
        seconds = Math.max(seconds, secondsAt(due.until));
        out(`  · ${timeAt(seconds)} the wait has timed out\n`);
        take({ at: seconds, timeout: true });
      }
      seconds = target;
    },
  };
}
