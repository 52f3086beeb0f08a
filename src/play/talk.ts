import type { Decision, TurnRecord } from '../contract/host/index.js';
import type { FlowEvent, SessionState } from '../contract/index.js';
import { advance } from '../engine/advance.js';
import type { Program } from '../flow/program.js';
import { listeningTriggers, matchTrigger } from '../published/match-trigger.js';
import type { PlayWorld } from './play-world.js';

/** One person's conversation in memory, with the real engine and the real matching of triggers. */
export interface Talk {
  /** Takes an event as the next turn. Throws `DialogNeeded` if a flow begins a dialog written in TypeScript. */
  take(event: FlowEvent, world?: PlayWorld): Decision;
  /** The session after the last turn. It may be set, to continue from there. */
  state: SessionState;
  /** The journal so far. */
  readonly records: readonly TurnRecord[];
}

/** Thrown if a flow begins a dialog written in TypeScript, which only a host can call. */
export class DialogNeeded extends Error {
  override readonly name = 'DialogNeeded';
  constructor(readonly dialog: string) {
    super(`the dialog "${dialog}" is written in TypeScript, and cannot be played here`);
  }
}

/** Begins a conversation at a state, with these flows ONLINE on all channels of the world. */
export function createTalk(flows: readonly Program[], world: PlayWorld, begin: SessionState): Talk {
  const online = flows.map(({ code, version, definition }) => ({
    code,
    version,
    channels: [...world.channels.keys()],
    triggers: listeningTriggers(definition.triggers),
  }));
  const records: TurnRecord[] = [];
  return {
    state: begin,
    records,
    take(event, { programs, channels, links, constants } = world) {
      const before = this.state;
      const session = { ...before, turn: before.turn + 1 };
      const input = { programs, channels, links, constants, session, waitingEffects: 0, event };
      const step = advance({ ...input, match: (one, scope) => matchTrigger(one, online, scope) });
      if (!('done' in step)) throw new DialogNeeded(step.guest.dialog);
      const { session: after, ...rest } = step.done;
      records.push({ ...rest, id: `${session.id}.${session.turn}`, turn: session.turn, at: event.at, event, before });
      // Through JSON, so that the state holds nothing that a store would lose.
      this.state = JSON.parse(JSON.stringify(after)) as SessionState;
      return step.done;
    },
  };
}
