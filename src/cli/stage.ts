import type { Choice } from '../contract/index.js';
import { dueWaits } from '../engine/waits.js';
import { type Step, secondsAt, timeAt } from '../golden/conversation.js';
import type { Player } from '../golden/player.js';
import { CommandError } from './command.js';
import { choicesIn, showTurn } from './show-turn.js';

/** A conversation as it is played at a terminal: a clock that is turned by hand, and what the person sees. */
export interface Stage {
  /** Channels are named by it where the person writes. */
  on: string;
  readonly choices: readonly Choice[];
  readonly steps: readonly Step[];
  take(step: Omit<Step, 'at'>): void;
  /** Lets time pass; waits that run out on the way are steps of their own. */
  pass(millis: number): void;
}

/** So many waits run out in one turning of the clock at most: a flow that wakes every second would keep one for a day. */
const MOST_WAKES = 1_000;

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
        if (wakes >= MOST_WAKES)
          throw new CommandError(`${MOST_WAKES} waits have run out, and more are due: turn the clock in smaller steps`);
        seconds = Math.max(seconds, secondsAt(due.until));
        out(`  · ${timeAt(seconds)} the time is up\n`);
        take({ at: seconds, timeout: true });
      }
      seconds = target;
    },
  };
}
