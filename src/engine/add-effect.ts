import {
  BUDGET,
  type ChannelId,
  type Effect,
  type EffectBody,
  type Json,
  type SendBody,
  type SendRequest,
  type Skipped,
} from '../contract/index.js';
import { jsonSize } from '../contract/json-size.js';
import { judgeSend } from './judge-send.js';
import { type LiveRun, topOf } from './live-run.js';
import { noteSent, withOpenButtons } from './offer.js';
import { isRecordFull } from './record-budget.js';
import { type Work, warn, whereabouts } from './work.js';

/** Milliseconds that a call may take where its node says nothing. */
const CALL_DEADLINE = 30_000;

/** Adds an effect of a run: a call as it is wanted, a message as the send rule lets it go out, or as skipped with the reason. */
export function addEffect(work: Work, run: LiveRun, body: EffectBody): Effect {
  return body.kind === 'send'
    ? addSend(work, run, body)
    : keep(work, { ...sourceOf(run), body: { ...body, deadline: body.deadline ?? CALL_DEADLINE } });
}

function addSend(work: Work, run: LiveRun, request: SendRequest): Effect {
  const source = sourceOf(run);
  const { body, skipped, warnings } = judgeSend(request, { ...whereabouts(work), now: work.input.event.at, run });
  for (const { code, detail } of warnings) warn(work, code, detail, source.node);
  if (skipped) return keep(work, { ...source, body, skipped });
  if (isQueueFull(work, body)) {
    warn(work, OVER_BUDGET.code, OVER_BUDGET.reason, source.node);
    return keep(work, { ...source, body, skipped: OVER_BUDGET });
  }
  if (!goesToContact(work, body)) return keep(work, { ...source, body });
  const { keeps } = withOpenButtons(work, body.channel, request.message);
  const sent = keep(work, {
    ...source,
    body: keeps ? { ...body, message: { ...body.message, keeps } } : body,
    ...waitsForSubscription(work, body),
  });
  const isRequested = request.message.type === 'template' || body.message.type !== 'template';
  noteSent(work, run, { ...sent, requested: isRequested ? request.message : body.message });
  outdateHeld(work, run);
  return sent;
}

/**
 * Returns true for an address that the contact has on this channel, or on another one of the same platform. What goes to anybody else asks
 * the contact nothing, and is no part of their talk.
 */
function goesToContact({ channels, input }: Work, { channel, address }: SendBody): boolean {
  if (channels[channel]?.address === address) return true;
  const platformOf = (id: ChannelId) => input.channels.get(id)?.platform;
  return Object.entries(channels).some(([id, use]) => use.address === address && platformOf(id) === platformOf(channel));
}

/** Parks a send to a contact who has not subscribed to its channel. */
export function waitsForSubscription(work: Work, body: SendBody): Pick<Effect, 'parked'> {
  return goesToContact(work, body) && work.channels[body.channel]?.subscribed === false ? { parked: true } : {};
}

const OVER_BUDGET: Skipped = { code: 'flow/over-budget', reason: 'more waits to be sent than may be kept' };

/** A node is asked before; last words and answers of dialogs come here as they are. */
function isQueueFull(work: Work, body: SendBody): boolean {
  if (work.effects.length + work.input.waitingEffects >= BUDGET.waitingEffects) return true;
  return isRecordFull(work, jsonSize(body as unknown as Json), 0);
}

/** What was written before this message cannot be the answer to it. */
function outdateHeld(work: Work, run: LiveRun): void {
  if (work.held.length === 0) return;
  work.held = work.held.map(({ mayAnswer, ...rest }) => (mayAnswer === undefined || mayAnswer === run.id ? rest : { ...rest, mayAnswer }));
}

/** Numbers the effect, and adds it to the turn. */
export function keep(work: Work, what: Omit<Effect, 'id' | 'number' | 'at'>): Effect {
  work.effectCount += 1;
  const { session, event } = work.input;
  const effect: Effect = {
    id: `${session.id}.${session.turn}.${work.effects.length + 1}`,
    number: work.effectCount,
    at: event.at,
    ...what,
  };
  work.effects.push(effect);
  return effect;
}

function sourceOf(run: LiveRun): Pick<Effect, 'run' | 'flow' | 'version' | 'node'> {
  const frame = topOf(run);
  return { run: run.id, ...(frame?.kind === 'flow' ? { flow: frame.flow, version: frame.version, node: frame.nodeId } : {}) };
}
