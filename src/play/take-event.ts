import type { Effect, FlowEvent, IsoTime, SendBody, SendFailure } from '../contract/index.js';
import { contactChanged, standingIn, variablesIn, variablesSet } from './changes.js';
import { type PlayedProvider, performSend, refusalBy, shownPlainly } from './perform-send.js';
import { timeAt } from './play-clock.js';
import { stop } from './play-problem.js';
import type { Decided, Happening, PlayedEffect, Scene, SentMessage } from './scene.js';
import { DialogNeeded } from './talk.js';

/**
 * Takes an event as a turn, and then the outcomes of its sends that a run waits for, as the outbox would report them: a provider takes a
 * message at once, or refuses it for good.
 */
export function takeEvent(scene: Scene, happening: Happening): void {
  const outcomes = takeOne(scene, happening);
  for (let event = outcomes.shift(); event; event = outcomes.shift()) outcomes.push(...takeOne(scene, { event }));
}

/** Takes one event. Returns the outcomes that runs wait for. */
function takeOne(scene: Scene, { event, world, answer }: Happening): FlowEvent[] {
  const { talk, tried, flows, step } = scene;
  if (scene.isOver())
    stop({
      pointer: `/steps/${Math.max(step, 0)}`,
      code: 'play/too-long',
      message: 'the play takes too long',
      hint: 'Play fewer steps, or make the flow do less at once.',
    });
  const before = talk.state;
  const decision = decide(scene, { event, ...(world ? { world } : {}) });
  const { effects, outcomes } = perform(scene, { event, decision });
  const turned = { before, after: talk.state, results: decision.results ?? [] };
  scene.turns.push({
    step,
    at: event.at,
    decision: decision.decision,
    path: decision.path,
    warnings: decision.warnings,
    effects,
    variables: variablesIn(talk.state),
    set: variablesSet(turned, tried.code, flows),
    contact: contactChanged(before.contact, talk.state.contact),
    standing: standingIn(talk.state),
    ...(answer ? { answer } : {}),
  });
  return outcomes;
}

function decide({ talk, step }: Scene, { event, world }: Happening) {
  try {
    return talk.take(event, world);
  } catch (error) {
    if (!(error instanceof DialogNeeded)) throw error;
    return stop({
      pointer: `/steps/${Math.max(step, 0)}`,
      code: 'play/dialog',
      message: error.message,
      hint: 'Play the flow on a host that has the dialog, or without the node that calls it.',
    });
  }
}

/** Performs the effects of a turn: those that were parked for the person first. */
function perform(
  scene: Scene,
  { event, decision }: Decided,
): { readonly effects: readonly PlayedEffect[]; readonly outcomes: FlowEvent[] } {
  const freed = unpark(scene, event).map(({ effect, accepted }) => ({ effect, played: performSent(scene, effect, accepted) }));
  const welcome = welcomeOf(scene, { event, decision });
  const own = decision.effects.map((effect) => ({
    effect,
    played: welcome && effect.id === welcome.effect.id ? performWelcome(scene, welcome) : performEffect(scene, effect),
  }));
  const all = [...freed, ...own];
  return { effects: all.map(({ played }) => played), outcomes: all.flatMap(({ effect, played }) => outcomeOf(scene, effect, played)) };
}

/** Returns the parked sends that may go out now, because the person has written or subscribed. */
function unpark(scene: Scene, event: FlowEvent): Scene['parked'] {
  const channel = unparkedBy(event);
  const freed = scene.parked.filter(({ effect }) => effect.body.channel === channel);
  if (freed.length > 0) scene.parked = scene.parked.filter((one) => !freed.includes(one));
  return freed;
}

function unparkedBy(event: FlowEvent): string | undefined {
  if (event.type === 'message') return event.message.channel;
  if (event.type === 'linked') return event.subscribed || event.wroteAt !== undefined ? event.channel : undefined;
  return event.type === 'subscription' && event.subscribed ? event.channel : undefined;
}

/** The first message to a person who opens the chat: it is the answer to that very event. `isWhole`: all of it is. */
interface Welcome {
  readonly effect: SentMessage['effect'];
  readonly isWhole: boolean;
}

/** Returns the message that the provider takes as the answer to the event, before the person has subscribed. */
function welcomeOf(scene: Scene, { event, decision }: Decided): Welcome | undefined {
  if (event.type !== 'subscription' || event.change !== 'started') return undefined;
  const { adapter, config } = scene.providers.get(event.channel) ?? {};
  const effect = decision.effects.find(({ skipped }) => !skipped);
  if (effect?.body.kind !== 'send' || effect.body.before || effect.body.channel !== event.channel || !adapter?.answer) return undefined;
  try {
    const answer = adapter.answer(effect.body.message, config, effect.id);
    return answer && { effect: { ...effect, body: effect.body }, isWhole: answer.isWhole };
  } catch {
    // The outbox sends it, and fails in the same way.
    return undefined;
  }
}

/** Shows a welcome; what the answer cannot carry is parked. */
function performWelcome(scene: Scene, { effect, isWhole }: Welcome): PlayedEffect {
  const played = performSent(scene, effect, 0);
  if (isWhole) return played;
  scene.parked = [...scene.parked, { effect, accepted: 1 }];
  return { ...played, shows: played.shows.slice(0, 1), parked: true };
}

function performEffect(scene: Scene, effect: Effect): PlayedEffect {
  const { body, skipped, parked } = effect;
  if (body.kind === 'typing') return { ...about(effect), shows: [], ...(skipped ? { skipped } : { typing: true }) };
  if (body.kind === 'call') {
    scene.calls = [...scene.calls, { ...effect, body }];
    return { ...about(effect), shows: [], call: { service: body.service, input: body.input } };
  }
  const send = { ...effect, body };
  if (!skipped && !parked) return performSent(scene, send, 0);
  if (parked) scene.parked = [...scene.parked, { effect: send, accepted: 0 }];
  return { ...about(effect), ...onPlatform(scene, body), shows: shownPlainly(body), ...(skipped ? { skipped } : { parked: true }) };
}

/** Sends a message, without those of its requests that the provider has taken already. */
function performSent(scene: Scene, effect: SentMessage['effect'], accepted: number): PlayedEffect {
  const { body } = effect;
  const provider = scene.providers.get(body.channel);
  const performed = provider ? performSend(provider, effect, refusalOf(scene, provider)) : { shows: shownPlainly(body) };
  const rest = { ...performed, shows: performed.shows.slice(accepted) };
  scene.sent.push({ effect, ...rest });
  return { ...about(effect), ...onPlatform(scene, body), ...rest };
}

/** Returns why the provider refuses the next message, if a step says so. It counts once. */
function refusalOf(scene: Scene, provider: PlayedProvider): SendFailure | undefined {
  const { refuse } = scene;
  scene.refuse = undefined;
  if (!refuse) return undefined;
  return (
    refusalBy(provider, refuse.code) ??
    stop({
      pointer: `/steps/${refuse.step}/refuse`,
      code: 'play/not-final',
      message: `a host does not give a message up for ${refuse.code}: it sends it again later`,
      hint: 'Refuse the message with a code for which it has failed for good.',
    })
  );
}

function about({ id, flow, node }: Effect): Pick<PlayedEffect, 'id' | 'flow' | 'node'> {
  return { id, ...(flow === undefined ? {} : { flow }), ...(node === undefined ? {} : { node }) };
}

function onPlatform({ world }: Scene, { channel }: SendBody): Pick<PlayedEffect, 'on'> {
  const platform = world.channels.get(channel)?.platform;
  return platform === undefined ? {} : { on: platform };
}

/** Returns the event by which a run learns what became of its message; none if it does not wait for that. */
function outcomeOf({ seconds, sent }: Scene, { id, awaited }: Effect, { skipped, parked, refused }: PlayedEffect): FlowEvent[] {
  if (!awaited || skipped || parked) return [];
  const at = timeAt(seconds);
  if (refused) return [failedReceipt(id, at, refused)];
  if (awaited !== 'sent') return [];
  return [{ id: `${id}:sent`, at, type: 'receipt', effectId: id, status: 'sent', messageId: `message-${sent.length}` }];
}

/** Returns the event by which a run learns that its message has failed. */
export function failedReceipt(effectId: string, at: IsoTime, error: SendFailure): FlowEvent {
  return { id: `${effectId}:failed`, at, type: 'receipt', effectId, status: 'failed', error };
}
