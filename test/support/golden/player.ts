import type { Decision, TurnRecord } from '../../../src/contract/host/index.js';
import type { Effect, Platform, SessionState } from '../../../src/contract/index.js';
import type { Program } from '../../../src/flow/program.js';
import { newSession } from '../../../src/people/new-session.js';
import { timeAt } from '../../../src/play/play-clock.js';
import { type PlayAdapters, type PlayWorld, playWorld } from '../../../src/play/play-world.js';
import { createTalk, type Talk } from '../../../src/play/talk.js';
import type { Step } from './conversation.js';
import { eventOfStep, personOn } from './event-of-step.js';
import { shownTurn } from './shown-turn.js';

/** Plays a golden conversation: a turn for each step, as the engine decides it, with nothing of a host around it. */
export interface Player {
  /** Takes the next step. Returns it with its turn, as a golden file holds it. */
  play(step: Step): { readonly played: Step; readonly decision: Decision };
  readonly state: SessionState;
  /** Continues from a state, as if it had been stored. */
  from(state: SessionState): void;
  /** The journal so far. */
  readonly records: readonly TurnRecord[];
  /** What the turns are computed from beside the events; for a replay. */
  readonly world: GoldenWorld;
}
export type GoldenWorld = PlayWorld;

/** As long as real ids, so that links accept it. */
const SESSION = 's00000000000000000000000001';
/** Two WhatsApp numbers and a Viber bot. Every flow is bound to all of them. */
const CHANNELS: Readonly<Record<string, Platform>> = { wa: 'whatsapp', 'wa-2': 'whatsapp', vb: 'viber' };

/** Makes the world of golden conversations. Of `adapters`, the first of each platform counts. */
export function goldenWorld(all: readonly Program[], adapters: PlayAdapters): GoldenWorld {
  return playWorld(all, adapters, CHANNELS);
}

/** Creates a player of one person's conversation with these flows, all of them ONLINE. It throws if a flow begins a dialog written in TypeScript. */
export function createPlayer(all: readonly Program[], world: GoldenWorld): Player {
  let talk: Talk | undefined;
  let newest = '';
  const talkFor = (channel: string) => talk ?? createTalk(all, world, newSession(SESSION, personOn(channel), timeAt(0)));
  /** Returns the newest message that has the button, or the newest of a node. */
  const tappedBy = ({ on = 'wa', tap }: Step): Effect | undefined =>
    (talk?.records ?? [])
      .flatMap(({ effects }) => effects)
      .findLast(({ node, body }) => {
        if (!tap || body.kind !== 'send' || body.channel !== on || (tap.of !== undefined && tap.of !== node)) return false;
        const choices = world.channels.get(on)?.tappable?.(body.message)?.choices ?? [];
        return choices.some(({ id, sent = id }) => sent === tap.id);
      });
  return {
    get state() {
      return talkFor('wa').state;
    },
    from(state) {
      talk ??= talkFor('wa');
      talk.state = state;
    },
    get records() {
      return talk?.records ?? [];
    },
    world,
    play(step) {
      talk = talkFor(step.on ?? 'wa');
      const before = talk.state;
      const event = eventOfStep(step, { i: talk.records.length, state: before, newest, tapped: tappedBy(step) });
      const decision = talk.take(event);
      newest = decision.effects.findLast(({ skipped }) => !skipped)?.id ?? newest;
      const { turn: _, ...asked } = step;
      return {
        played: { ...asked, turn: JSON.parse(JSON.stringify(shownTurn(decision, { before, after: talk.state }))) as unknown },
        decision,
      };
    },
  };
}
