import type { Effect, FlowEvent, Platform, SendBody } from '../contract/index.js';
import { contactChanged, standingIn, variablesIn, variablesSet } from './changes.js';
import { performSend, shownPlainly } from './perform-send.js';
import { timeAt } from './play-clock.js';
import { stop } from './play-problem.js';
import type { Decided, Happening, OpenCall, PlayedEffect, Scene } from './scene.js';
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
  const freed = unpark(scene, event).map((effect) => ({ ...effect, parked: undefined }));
  const all = [...freed, ...decision.effects];
  const effects = all.map((effect) => performEffect(scene, effect as Effect));
  const outcomes = all.flatMap((effect, i) => outcomeOf(scene, effect as Effect, effects[i]));
  return { effects, outcomes };
}

/** Returns the parked sends that may go out now, because the person has written or subscribed. */
function unpark(scene: Scene, event: FlowEvent): Scene['parked'] {
  const channel = unparkedBy(event);
  const freed = scene.parked.filter(({ body }) => body.channel === channel);
  if (freed.length > 0) scene.parked = scene.parked.filter((one) => !freed.includes(one));
  return freed;
}

function unparkedBy(event: FlowEvent): string | undefined {
  if (event.type === 'message') return event.message.channel;
  if (event.type === 'linked') return event.subscribed || event.wroteAt !== undefined ? event.channel : undefined;
  return event.type === 'subscription' && event.subscribed ? event.channel : undefined;
}

function performEffect(scene: Scene, effect: Effect): PlayedEffect {
  const { id, flow, node, body, skipped, parked } = effect;
  const about = { id, ...(flow === undefined ? {} : { flow }), ...(node === undefined ? {} : { node }) };
  if (body.kind === 'typing') return { ...about, shows: [], ...(skipped ? { skipped } : { typing: true }) };
  if (body.kind === 'call') {
    scene.calls = [...scene.calls, effect as OpenCall];
    return { ...about, shows: [], call: { service: body.service, input: body.input } };
  }
  const send = { ...effect, body };
  const on = platformOf(scene, body);
  const there = { ...about, ...(on ? { on } : {}) };
  const plainly = [...(body.before ?? []), body.message].map(shownPlainly);
  if (skipped) return { ...there, shows: plainly, skipped };
  if (parked) {
    scene.parked = [...scene.parked, send];
    return { ...there, shows: plainly, parked };
  }
  const provider = scene.providers.get(body.channel);
  if (!provider) return { ...there, shows: plainly };
  const performed = performSend(provider, send, scene.refuse);
  scene.refuse = undefined;
  scene.sent.push({ effect: send, ...performed });
  return { ...there, ...performed };
}

function platformOf({ world }: Scene, { channel }: SendBody): Platform | undefined {
  return world.channels.get(channel)?.platform;
}

/** Returns the event by which a run learns what became of its message; none if it does not wait for that. */
function outcomeOf({ seconds, sent }: Scene, { id, awaited, skipped, parked }: Effect, performed: PlayedEffect | undefined): FlowEvent[] {
  if (!awaited || skipped || parked) return [];
  const at = timeAt(seconds);
  const { refused } = performed ?? {};
  if (refused) return [{ id: `${id}:failed`, at, type: 'receipt', effectId: id, status: 'failed', error: refused }];
  if (awaited !== 'sent') return [];
  return [{ id: `${id}:sent`, at, type: 'receipt', effectId: id, status: 'sent', messageId: `message-${sent.length}` }];
}
