import { type ChannelId, type IsoTime, type Platform, type Problem, type SessionState, STARTS, type Vars } from '../contract/index.js';
import type { TurnInput } from '../engine/turn-input.js';
import { problemsOfJoi, validateAll } from '../flow/problems-of-joi.js';
import type { Program } from '../flow/program.js';
import { newSession } from '../people/new-session.js';
import { answerCall, callToAnswer } from './answer-call.js';
import { type Standing, standingIn } from './changes.js';
import { beginAt, doStep } from './do-step.js';
import { passUntil } from './pass-time.js';
import { providersOf } from './perform-send.js';
import { timeAt } from './play-clock.js';
import { PlayStopped, stop } from './play-problem.js';
import { type CallAnswer, MAX_STEPS_PLAYED, PAGE, PLAY_SCHEMA, type PlayContact, type PlayStep } from './play-step.js';
import { CHANNEL_ON, type PlayAdapters, personOn, playWorld } from './play-world.js';
import type { OpenCall, PlayTurn, Scene } from './scene.js';
import { createTalk } from './talk.js';

/** A play: flows, a person, and what happens. */
export interface PlayRequest {
  /** The flow that is tried, then those that are ONLINE beside it. Each is compiled, so it has passed the check. */
  readonly flows: readonly Program[];
  /** The first adapter of each platform shows and judges the messages. */
  readonly adapters: PlayAdapters;
  /** Default: `whatsapp`. */
  readonly on?: Platform | undefined;
  readonly contact?: PlayContact | undefined;
  /** With `from`, the variables of the run. Otherwise defaults of the flow that is tried, in place of its own. */
  readonly variables?: Vars | undefined;
  /** A node: a run of the flow begins before it, ahead of the first step. */
  readonly from?: string | undefined;
  readonly steps: readonly PlayStep[];
  readonly constants?: TurnInput['constants'];
  /** Returns true if the play has taken too long. Asked before each turn. */
  readonly isOver?: (() => boolean) | undefined;
}

/** What came out of a play. If it was stopped, `problems` says where and why, and `turns` has what happened before. */
export interface PlayResult {
  readonly turns: readonly PlayTurn[];
  readonly standing: readonly Standing[];
  /** The state of the session at the end. */
  readonly session: SessionState;
  readonly now: IsoTime;
  readonly problems: readonly Problem[];
}

/** Really makes a call, as the outbox would. */
export type MakeCall = (call: OpenCall) => Promise<CallAnswer>;

/**
 * Plays a conversation with flows in memory: the real engine, the real matching of triggers, and messages as the real adapters render them.
 * Pure and synchronous: time passes by steps alone, so the same steps always come out the same. Nothing is stored, sent or called.
 *
 * @example play({ flows: [program], adapters, steps: [{ say: 'hi' }, { tap: 'yes' }] }).turns[0].effects[0].shows
 */
export function play(request: PlayRequest): PlayResult {
  const playing = acts(request);
  const first = playing.next();
  if (first.done) return first.value;
  const over = playing.throw(new PlayStopped([cannotCall(first.value.step, 'calls cannot be made here')]));
  if (over.done) return over.value;
  throw new Error('the play goes on after it was stopped');
}

/** Plays like `play`, and really makes the calls of the steps that ask for it. Each such turn has the `answer`, to be kept in its step. */
export async function playWithCalls(request: PlayRequest, makeCall: MakeCall): Promise<PlayResult> {
  const playing = acts(request);
  let act = playing.next();
  while (!act.done) act = playing.next(await makeCall(act.value.call));
  return act.value;
}

function cannotCall(step: number, message: string): Problem {
  return {
    pointer: `/steps/${step}/call`,
    code: 'play/no-calls',
    message,
    hint: 'Use a step `answer`.',
    severity: 'error',
  };
}

/** A call that a step really makes. */
interface CallNeeded {
  readonly call: OpenCall;
  readonly step: number;
}

/** Does the steps of a play. It yields the calls that are really to be made, and is given their answers. */
function* acts(request: PlayRequest): Generator<CallNeeded, PlayResult, CallAnswer> {
  const scene = beginScene(request);
  try {
    checkRequest(request);
    scene.step = -1;
    if (request.from !== undefined) beginAt(scene, { node: request.from, variables: request.variables ?? {} });
    for (const [i, step] of request.steps.entries()) {
      scene.step = i;
      if (step.call === undefined) doStep(scene, step);
      else {
        const call = callToAnswer(scene, 'call');
        if (call.body.service === STARTS) throw new PlayStopped([cannotCall(i, 'only a host starts flows with people')]);
        answerCall(scene, call, { ...(yield { call, step: i }), isReal: true });
        passUntil(scene, scene.seconds);
      }
    }
  } catch (error) {
    if (!(error instanceof PlayStopped)) throw error;
    return resultOf(scene, error.problems);
  }
  return resultOf(scene, []);
}

function resultOf({ turns, talk, seconds }: Scene, problems: readonly Problem[]): PlayResult {
  return { turns, standing: standingIn(talk.state), session: talk.state, now: timeAt(seconds), problems };
}

/** Stops the play if its steps are not valid. */
function checkRequest({ on, contact, variables, from, steps }: PlayRequest): void {
  if (steps.length > MAX_STEPS_PLAYED)
    stop({
      pointer: '/steps',
      code: 'play/too-many-steps',
      message: `a play may have at most ${MAX_STEPS_PLAYED} steps`,
      hint: 'Make several plays of it, each from the node at which it begins.',
    });
  const members = { on, contact, variables, from, steps };
  const given = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
  const { error } = validateAll(PLAY_SCHEMA, given);
  if (error) throw new PlayStopped(problemsOfJoi(error, { pointer: '', code: 'play', page: PAGE }));
}

function beginScene({ flows, adapters, on = 'whatsapp', contact, variables, from, constants, isOver }: PlayRequest): Scene {
  const [first, ...beside] = flows;
  if (!first) throw new Error('a play needs a flow');
  const tried = variables && from === undefined ? { ...first, defaults: { ...first.defaults, ...variables } } : first;
  const all = [tried, ...beside];
  const world = { ...playWorld(all, adapters), constants };
  const person = contact ?? { name: 'Ada' };
  const begin = firstState(on, person, from === undefined ? {} : inTalk(on));
  return {
    tried,
    flows: all,
    world,
    providers: providersOf(adapters, world.channels),
    platform: on,
    name: person.name,
    talk: createTalk(all, world, begin),
    isOver: isOver ?? (() => false),
    turns: [],
    step: -1,
    seconds: 0,
    waits: 0,
    sent: [],
    calls: [],
    parked: [],
    refuse: undefined,
  };
}

/** As long as real ids, so that links accept it. */
const SESSION = 's00000000000000000000000001';

function firstState(on: Platform, contact: PlayContact, channels: SessionState['channels']): SessionState {
  const at = timeAt(0);
  const { name, language, timeZone, fields = {}, groups = [], optOut = [] } = contact;
  const state = newSession(SESSION, personOn(on, name), at);
  return {
    ...state,
    channels,
    contact: {
      ...state.contact,
      ...(language === undefined ? {} : { language }),
      ...(timeZone === undefined ? {} : { timeZone }),
      fields,
      groups: groups.map((group) => ({ group, since: at })),
      optOut: Object.fromEntries(optOut.map((platform) => [platform, { since: at }])),
    },
  };
}

/** Returns the channels of a person who has just written. */
function inTalk(on: Platform): Readonly<Record<ChannelId, SessionState['channels'][string]>> {
  const subscribed = on === 'viber' ? { subscribed: true } : {};
  return { [CHANNEL_ON[on]]: { address: personOn(on).address, lastInboundAt: timeAt(0), ...subscribed } };
}
