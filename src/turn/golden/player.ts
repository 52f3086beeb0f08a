import type { ChannelLimits, Decision, Platform, SessionState, TurnRecord } from '../../contract/index.js';
import { advance } from '../../engine/advance.js';
import type { ChannelFacts, TurnInput } from '../../engine/step.js';
import type { Program, Programs } from '../../flow/program.js';
import { listeningTriggers, matchTrigger } from '../match-trigger.js';
import { newSession } from '../new-session.js';
import { type Step, timeAt } from './conversation.js';
import { eventOfStep, personOn } from './event-of-step.js';
import { shownTurn } from './shown-turn.js';

/** Plays a conversation step by step, in memory: the engine and the matching are the real ones, the world is always the same. */
export interface Player {
  /** What happens next, and what it comes to; the step as a golden file keeps it. */
  play(step: Step): { readonly played: Step; readonly decision: Decision };
  readonly state: SessionState;
  /** The journal so far. */
  readonly records: readonly TurnRecord[];
  /** What the turns are computed from beside the events, for a replay. */
  readonly world: GoldenWorld;
}
export interface GoldenWorld {
  readonly programs: Programs;
  readonly channels: ReadonlyMap<string, ChannelFacts>;
  readonly links: NonNullable<TurnInput['links']>;
}

/** As long as they are, so that links know it. */
const SESSION = 's00000000000000000000000001';
/** Two numbers on WhatsApp and a bot on Viber; every flow is bound to all of them. */
const CHANNELS: Readonly<Record<string, Platform>> = { wa: 'whatsapp', 'wa-2': 'whatsapp', vb: 'viber' };

/** Where golden conversations take place. `limits`: of the adapters that are there. */
export function goldenWorld(all: readonly Program[], limits: (platform: Platform) => ChannelLimits | undefined): GoldenWorld {
  const channels = Object.entries(CHANNELS).flatMap(([id, platform]): readonly ChannelFacts[] => {
    const known = limits(platform);
    const variables = platform === 'viber' ? { serviceId: 'bot' } : { wabaId: '1' };
    return known ? [{ id, platform, limits: known, variables, link: (token) => `https://${platform}.example/${token}` }] : [];
  });
  return {
    programs: { get: (key) => all.find((one) => one.key === key), online: (code) => all.find((one) => one.code === code) },
    channels: new Map(channels.map((one) => [one.id, one])),
    links: { channelsOf: () => ['wa', 'vb'], seal: () => 'abcdefghijklmnop' },
  };
}

/** Begins a conversation of one person with these flows, all of them ONLINE. Throws where a flow begins a dialog written in TypeScript. */
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
  return {
    get state() {
      return stateFor('wa');
    },
    records,
    world,
    play(step) {
      const before = stateFor(step.on ?? 'wa');
      const event = eventOfStep(step, { i: records.length, state: before, newest });
      const session = { ...before, turn: before.turn + 1 };
      const { done: decision } = finished(
        advance({ ...world, session, waitingEffects: 0, event, match: (one, scope) => matchTrigger(one, online, scope) }),
      );
      const { session: after, ...rest } = decision;
      records.push({ ...rest, id: `${SESSION}.${session.turn}`, turn: session.turn, at: event.at, event, before });
      newest = decision.effects.findLast(({ skipped }) => !skipped)?.id ?? newest;
      // Through JSON, so that nothing hides in it that a store would lose.
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
