import { modelUsageOf, type TurnRecord } from '../contract/host/index.js';
import { type Effect, type HandOver, type InboundMessage, type Run, readableText, type SendBody } from '../contract/index.js';
import type { Delivery, SessionView, WaitingEffect } from '../contract/store/index.js';

/** Shows a session. */
export function showSession({ state, status, updatedAt }: SessionView): object {
  const { id, contact, handOver, runs } = state;
  return { id, contact: contact.id, status, ...(handOver ? { handOver: showHandOver(handOver) } : {}), runs: runs.map(showRun), updatedAt };
}

/** Shows who has the talk. `run` waits until it is given back. */
function showHandOver({ queue, note, since, channel, flow, isAwaited, run }: HandOver): object {
  return { queue, note, since, channel, flow, ...(isAwaited ? { run } : {}) };
}

function showRun({ id, place, startedBy, stack }: Run): object {
  const frames = stack.map((frame) => {
    if (frame.kind === 'dialog') return { dialog: frame.dialog };
    const { flow, version, nodeId, wait, vars } = frame;
    return {
      flow,
      version,
      node: nodeId,
      ...(wait ? { waitingFor: wait.for } : {}),
      ...(wait?.until === undefined ? {} : { until: wait.until }),
      variables: vars,
    };
  });
  return { id, place, startedBy, frames };
}

/** What became of effects, as far as their turns do not say it. */
export interface DeliveryStates {
  readonly deliveries: ReadonlyMap<string, Delivery>;
  readonly waiting: ReadonlyMap<string, WaitingEffect>;
}

/** Shows a turn: what was decided and why, and the status of its effects. */
export function showTurn(turn: TurnRecord, states: DeliveryStates): object {
  const usage = modelUsageOf(turn.event);
  return {
    turn: turn.turn,
    at: turn.at,
    event: { id: turn.event.id, type: turn.event.type, ...('by' in turn.event ? { by: turn.event.by } : {}), ...(usage ? { usage } : {}) },
    decision: turn.decision,
    path: turn.path.map(({ flow, version, node, port }) => ({ flow, version, node, port })),
    effects: turn.effects.map((effect) => ({
      id: effect.id,
      kind: effect.body.kind,
      status: statusOf(effect, states),
      ...(effect.skipped ? { reason: effect.skipped.reason } : {}),
    })),
    warnings: turn.warnings,
    ...(turn.bug === undefined ? {} : { bug: turn.bug }),
  };
}

/** Lists the messages of a turn: the one that came in, then those that went out. */
export function messagesIn(turn: TurnRecord, states: DeliveryStates): readonly object[] {
  const { event } = turn;
  const incoming =
    event.type === 'message'
      ? [
          {
            id: event.id,
            at: event.message.sentAt,
            direction: 'in',
            channel: event.message.channel,
            type: event.message.type,
            ...(turn.unlogged ? {} : { text: event.message.text }),
            message: withoutSender(event.message),
            status: 'received',
            providerId: event.message.id,
          },
        ]
      : [];
  return [...incoming, ...turn.effects.flatMap((effect) => (effect.body.kind === 'send' ? [showSend(effect, states)] : []))];
}

/** Leaves out the sender, which the session has, and the provider's own JSON. */
function withoutSender({ from: _, raw: __, ...message }: InboundMessage): object {
  return message;
}

function showSend(effect: Effect, states: DeliveryStates): object {
  const { id, at, body, flow, version, node, by, skipped } = effect;
  if (body.kind !== 'send') return {};
  const delivery = states.deliveries.get(id);
  const waiting = states.waiting.get(id);
  const providerId = delivery?.providerIds.at(-1);
  return {
    id,
    at,
    direction: 'out',
    channel: body.channel,
    type: body.message.type,
    ...(effect.unlogged ? {} : wordsOf(body)),
    status: statusOf(effect, states),
    ...(providerId === undefined ? {} : { providerId }),
    ...whyNot(skipped, delivery),
    ...(waiting?.reason === undefined ? {} : { waitingBecause: waiting.reason }),
    ...(by === undefined ? {} : { by }),
    flow,
    version,
    node,
  };
}

/** Returns what was sent, earlier parts first. */
function wordsOf({ before, message }: SendBody): object {
  const texts = [...(before ?? []), message].map(readableText).filter((text) => text !== '');
  return { text: texts.join('\n\n'), message, ...(before ? { before } : {}) };
}

/** Says why a send has failed or was skipped, by its turn or later. */
function whyNot(skipped: Effect['skipped'], delivery: Delivery | undefined): object {
  if (skipped) return { skipped };
  const { status, error } = delivery ?? {};
  if (!error) return {};
  return status === 'skipped' ? { skipped: { code: error.code, reason: error.message } } : { error };
}

/** Returns the status of an effect: `queued` until the provider has accepted it; for a call, `done` after its result has come. */
function statusOf(effect: Effect, { deliveries, waiting }: DeliveryStates): string {
  if (effect.skipped) return 'skipped';
  if (waiting.has(effect.id)) return 'queued';
  return deliveries.get(effect.id)?.status ?? (effect.body.kind === 'send' ? 'sent' : 'done');
}
