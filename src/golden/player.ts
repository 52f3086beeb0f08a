import type { Decision, TurnRecord } from '../contract/host/index.js';
import type { Effect, Platform, SessionState } from '../contract/index.js';
import { advance } from '../engine/advance.js';
import type { ChannelFacts, TurnInput } from '../engine/turn-input.js';
import type { Program, Programs } from '../flow/program.js';
import { newSession } from '../people/new-session.js';
import { adapterFacts } from '../published/adapter-facts.js';
import { listeningTriggers, matchTrigger } from '../published/match-trigger.js';
import { type Step, timeAt } from './conversation.js';
import { eventOfStep, personOn } from './event-of-step.js';
import { shownTurn } from './shown-turn.js';

/** Plays a conversation step by step, in memory, with the real engine and matching in a world that is always the same. */
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
export interface GoldenWorld {
  readonly programs: Programs;
  readonly channels: ReadonlyMap<string, ChannelFacts>;
  readonly links: NonNullable<TurnInput['links']>;
  readonly constants?: TurnInput['constants'];
}

/** As long as real ids, so that links accept it. */
const SESSION = 's00000000000000000000000001';
/** Two WhatsApp numbers and a Viber bot. Every flow is bound to all of them. */
const CHANNELS: Readonly<Record<string, Platform>> = { wa: 'whatsapp', 'wa-2': 'whatsapp', vb: 'viber' };

/** Makes the world of golden conversations. Of `adapters`, the first of each platform counts. */
export function goldenWorld(all: readonly Program[], adapters: readonly Parameters<typeof adapterFacts>[0][]): GoldenWorld {
  const channels = Object.entries(CHANNELS).flatMap(([id, platform]): readonly ChannelFacts[] => {
    const known = adapters.find((one) => one.platform === platform);
    const variables = platform === 'viber' ? { serviceId: 'bot' } : { wabaId: '1' };
    return known ? [{ id, ...adapterFacts(known), variables, link: (token) => `https://${platform}.example/${token}` }] : [];
  });
  return {
    programs: { get: (key) => all.find((one) => one.key === key), online: (code) => all.find((one) => one.code === code) },
    channels: new Map(channels.map((one) => [one.id, one])),
    links: { channelsOf: () => ['wa', 'vb'], seal: () => 'abcdefghijklmnop' },
  };
}

/** Creates a player of one person's conversation with these flows, all of them ONLINE. It throws if a flow begins a dialog written in TypeScript. */
export function createPlayer(all: readonly Program[], world: GoldenWorld): Player {
  const online = all.map(({ code, version, definition }) => ({
    code,
    version,
    channels: Object.keys(CHANNELS),
    triggers: listeningTriggers(definition.triggers),
  }));
  const records: TurnRecord[] = [];
  let begun: SessionState | undefined;
  let newest = '';
  const stateFor = (channel: string) => begun ?? newSession(SESSION, personOn(channel), timeAt(0));
  /** Returns the newest message that has the button, or the newest of a node. */
  const tappedBy = ({ on = 'wa', tap }: Step): Effect | undefined =>
    records
      .flatMap(({ effects }) => effects)
      .findLast(({ node, body }) => {
        if (!tap || body.kind !== 'send' || body.channel !== on || (tap.of !== undefined && tap.of !== node)) return false;
        const choices = world.channels.get(on)?.tappable?.(body.message)?.choices ?? [];
        return choices.some(({ id, sent = id }) => sent === tap.id);
      });
  return {
    get state() {
      return stateFor('wa');
    },
    from(state) {
      begun = state;
    },
    records,
    world,
    play(step) {
      const before = stateFor(step.on ?? 'wa');
      const event = eventOfStep(step, { i: records.length, state: before, newest, tapped: tappedBy(step) });
      const session = { ...before, turn: before.turn + 1 };
      const { done: decision } = finished(
        advance({ ...world, session, waitingEffects: 0, event, match: (one, scope) => matchTrigger(one, online, scope) }),
      );
      const { session: after, ...rest } = decision;
      records.push({ ...rest, id: `${SESSION}.${session.turn}`, turn: session.turn, at: event.at, event, before });
      newest = decision.effects.findLast(({ skipped }) => !skipped)?.id ?? newest;
      // Through JSON, so that the state holds nothing that a store would lose.
      begun = JSON.parse(JSON.stringify(after)) as SessionState;
      const { turn: _, ...asked } = step;
      return { played: { ...asked, turn: JSON.parse(JSON.stringify(shownTurn(decision, { before, after: begun }))) as unknown }, decision };
    },
  };
}

function finished(step: ReturnType<typeof advance>): { readonly done: Decision } {
  if (!('done' in step)) throw new Error(`the dialog "${step.guest.dialog}" is written in TypeScript, and cannot be played here`);
  return step;
}
